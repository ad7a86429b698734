package dev.sampan.serving.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.PublicNames;
import dev.sampan.serving.Serving;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Block `serve`: the registered version answers under its public name.
final class DeployStage implements Stage {
    private final Serving serving;
    private final Catalog catalog;
    private final Supplier<@Nullable PublicNames> names;

    /// @param names who else has public names; null where nobody has
    DeployStage(Serving serving, Catalog catalog, Supplier<@Nullable PublicNames> names) {
        this.names = names;
        this.serving = serving;
        this.catalog = catalog;
    }

    @Override
    public StageName name() {
        return StageName.DEPLOY;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        requireFree(voyage.spec().serve().model());
        int number = Objects.requireNonNull(voyage.version(), "registering comes first");
        ModelVersion version = catalog.version(
                        voyage.tenant(), voyage.spec().register().name(), number)
                .orElseThrow(() -> new IllegalStateException("version " + number + " was just registered"));
        Deployment before = serving.live(voyage.spec().serve().model()).orElse(null);
        Deployment now = serving.deploy(version, voyage.spec().serve(), voyage.actor());
        return new Outcome(
                voyage,
                before != null && before.id().equals(now.id()),
                Map.of("model", now.publicModel(), "version", now.version()));
    }

    private void requireFree(String publicModel) {
        PublicNames others = names.get();
        if (others != null && others.taken(publicModel)) {
            throw new ProblemException(
                    Problem.of("serving.name_supplied", "A supplier's model answers as '" + publicModel + "' already")
                            .remedy("Choose another name with serve.model, or take it out of suppliers.yaml first"));
        }
    }
}
