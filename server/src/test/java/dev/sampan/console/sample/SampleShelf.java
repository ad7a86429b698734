package dev.sampan.console.sample;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.spec.ServeSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One model in two versions, of which the second is live.
public final class SampleShelf implements Catalog, Serving {
    public static final String NAME = "helpdesk";

    private final List<ModelVersion> versions;
    private final Deployment deployment;
    private final boolean empty;

    public SampleShelf(TenantId team, boolean empty) {
        this.empty = empty;
        Instant now = Instant.now();
        versions = List.of(
                version(team, 2, now.minus(Duration.ofHours(3)), "0.9171"),
                version(team, 1, now.minus(Duration.ofDays(2)), "0.8843"));
        deployment = new Deployment(
                Ulid.next(),
                team,
                "helpdesk-intent",
                NAME,
                2,
                versions.getFirst().content(),
                32,
                now.minus(Duration.ofHours(3)));
    }

    private static ModelVersion version(TenantId team, int number, Instant at, String accuracy) {
        String summary = "{\"accuracy\":" + accuracy + ",\"f1_macro\":0.9034,\"labels\":8,\"model_bytes\":1102331}";
        Sha256 content = Sha256.of(NAME + number);
        return new ModelVersion(team, NAME, number, content, "bilstm", summary, at, SampleAccounts.ADMIN);
    }

    @Override
    public ModelVersion register(TenantId tenant, String name, ModelPackage model, ActorId by) {
        throw new UnsupportedOperationException("the sample takes no model");
    }

    @Override
    public void moveAlias(TenantId tenant, String name, String alias, int number, ActorId by) {
        throw new UnsupportedOperationException("the sample moves nothing");
    }

    @Override
    public void dropAlias(TenantId tenant, String name, String alias, ActorId by) {
        throw new UnsupportedOperationException("the sample moves nothing");
    }

    @Override
    public ModelVersion registerForeign(TenantId tenant, String name, Path model, ActorId by) {
        throw new UnsupportedOperationException("the sample takes no model");
    }

    @Override
    public Map<String, Map<String, Integer>> aliases(TenantId tenant) {
        return empty ? Map.of() : Map.of(NAME, Map.of("live", 2));
    }

    @Override
    public Path folder(Sha256 content) {
        return Path.of("sample");
    }

    @Override
    public Optional<ModelVersion> version(TenantId tenant, String name, int number) {
        return versions(tenant, name).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    @Override
    public Optional<ModelVersion> byAlias(TenantId tenant, String name, String alias) {
        return name.equals(NAME) && alias.equals("live") ? Optional.of(versions.getFirst()) : Optional.empty();
    }

    @Override
    public List<ModelVersion> newest(TenantId tenant) {
        return empty ? List.of() : List.of(versions.getFirst());
    }

    @Override
    public List<ModelVersion> versions(TenantId tenant, String name) {
        return name.equals(NAME) ? versions : List.of();
    }

    @Override
    public List<AliasMove> aliasHistory(TenantId tenant, String name) {
        return List.of(
                new AliasMove(NAME, "live", 1, 2, versions.get(0).registeredAt(), SampleAccounts.ADMIN),
                new AliasMove(NAME, "live", null, 1, versions.get(1).registeredAt(), SampleAccounts.ADMIN));
    }

    @Override
    public ModelPackage open(Sha256 content) {
        return new ModelPackage(Path.of("sample"), SampleManifest.of(NAME), content);
    }

    @Override
    public Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by) {
        return deployment;
    }

    @Override
    public Optional<Deployment> live(String publicModel) {
        return deployments().stream()
                .filter(one -> one.publicModel().equals(publicModel))
                .findFirst();
    }

    @Override
    public List<Deployment> deployments() {
        return empty ? List.of() : List.of(deployment);
    }

    @Override
    public List<Prediction> predict(String publicModel, List<Map<String, String>> inputs) {
        throw new UnsupportedOperationException("the sample answers nothing");
    }

    @Override
    public List<String> labels(String publicModel) {
        return SampleManifest.LABELS;
    }
}
