package dev.sampan.studio.tracking;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.model.ModelPackage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes what a run logged onto the shelf, as a new version. A package of ours is registered as such; anything else is
/// kept to be fetched, since only its maker's tools know what it is.
public final class Registration {
    private static final String MODELS = "models:/";
    private static final String LOGGED = MODELS + "m-";
    private static final String PROXY = "/mlflow-artifacts/artifacts/";

    private final Registry registry;
    private final RegisteredVersions versions;
    private final Artifacts artifacts;
    private final Runs runs;
    private final LoggedModels models;
    private final Catalog catalog;

    Registration(
            Registry registry,
            RegisteredVersions versions,
            Artifacts artifacts,
            Runs runs,
            LoggedModels models,
            Catalog catalog) {
        this.registry = registry;
        this.versions = versions;
        this.artifacts = artifacts;
        this.runs = runs;
        this.models = models;
        this.catalog = catalog;
    }

    /// @param said with the source: `models:/ID`, `runs:/RUN/PATH`, or an address of this platform's artifacts
    /// @throws ProblemException `tracking.invalid_source`, also what is not found
    public RegisteredModel.Version register(TenantId tenant, String name, RegisteredVersions.Said said, ActorId by) {
        registry.model(tenant, name);
        Path folder = artifacts.folder(tenant, address(tenant, said.source()));
        ModelVersion made = Files.exists(folder.resolve("sampan.json"))
                ? catalog.register(tenant, name, ModelPackage.open(folder), by)
                : catalog.registerForeign(tenant, name, folder, by);
        registry.model(tenant, name); // which knows it from here on
        versions.say(tenant, name, made.number(), whole(tenant, said));
        return registry.version(tenant, name, made.number());
    }

    /// Newer clients name the logged model alone; it knows which run made it.
    private RegisteredVersions.Said whole(TenantId tenant, RegisteredVersions.Said said) {
        if (!said.source().startsWith(LOGGED)) {
            return said;
        }
        LoggedModel model = models.model(tenant, said.source().substring(MODELS.length()));
        return said.madeBy(said.run().isEmpty() ? model.sourceRun() : said.run(), model.id());
    }

    private String address(TenantId tenant, String source) {
        if (source.startsWith("models:/m-")) {
            return within(
                    source,
                    models.model(tenant, source.substring(MODELS.length())).artifactUri());
        }
        if (source.startsWith("runs:/")) {
            String[] parts = source.substring("runs:/".length()).split("/", 2);
            String root = within(source, runs.info(tenant, parts[0]).artifactUri());
            return parts.length == 1 ? root : root + "/" + parts[1];
        }
        return within(source, source);
    }

    private static String within(String source, String uri) {
        if (uri.startsWith("mlflow-artifacts:")) {
            return URI.create(uri.replace(" ", "%20")).getPath();
        }
        int proxied = uri.indexOf(PROXY);
        if (proxied > 0 && uri.startsWith("http")) {
            return uri.substring(proxied + PROXY.length());
        }
        throw new ProblemException(
                Problem.of("tracking.invalid_source", "The source '" + source + "' is not kept by this platform")
                        .remedy("Log the model to a run here, then register it from there"));
    }
}
