package dev.sampan.studio.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.RegisterSpec;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.util.Map;
import java.util.Objects;

/// Block `register`: the package goes onto the shelf and the alias moves to it.
final class RegisterStage implements Stage {
    private final Catalog catalog;

    RegisterStage(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public StageName name() {
        return StageName.REGISTER;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        RegisterSpec spec = voyage.spec().register();
        ModelPackage model = Objects.requireNonNull(voyage.model(), "training comes first");
        int before = catalog.versions(voyage.tenant(), spec.name()).size();
        ModelVersion version = catalog.register(voyage.tenant(), spec.name(), model, voyage.actor());
        catalog.moveAlias(voyage.tenant(), spec.name(), spec.alias(), version.number(), voyage.actor());
        return new Outcome(
                voyage.withVersion(version.number()),
                version.number() <= before,
                Map.of("name", spec.name(), "version", version.number(), "alias", spec.alias()));
    }
}
