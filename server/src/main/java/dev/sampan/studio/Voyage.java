package dev.sampan.studio;

import dev.sampan.data.Dataset;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import org.jspecify.annotations.Nullable;

/// What a run has so far: each stage reads what earlier ones added and adds its own.
///
/// @param model the newest package: trained, then with report, with explanations, compressed
/// @param version its number on the shelf
public record Voyage(
        Ulid run,
        TenantId tenant,
        ActorId actor,
        Spec spec,
        @Nullable Dataset dataset,
        @Nullable ModelPackage model,
        @Nullable Integer version) {
    public Voyage with(Dataset made) {
        return new Voyage(run, tenant, actor, spec, made, model, version);
    }

    public Voyage with(ModelPackage made) {
        return new Voyage(run, tenant, actor, spec, dataset, made, version);
    }

    public Voyage withVersion(int number) {
        return new Voyage(run, tenant, actor, spec, dataset, model, number);
    }
}
