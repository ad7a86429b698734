package dev.sampan.serving;

import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.ActorId;
import dev.sampan.runtime.Prediction;
import dev.sampan.spec.ServeSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Live deployments. One version is live under a public name; a new one takes over when it is warm, calls that run
/// finish on the old one.
public interface Serving {
    /// Loaded, warmed up and answering when this returns; survives a restart of the platform.
    Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by);

    /// From memory.
    Optional<Deployment> live(String publicModel);

    /// By public name.
    List<Deployment> deployments();

    /// What should answer and does not, by public name: a damaged package stops its own model, nothing else. Whoever
    /// loads no model has none.
    default List<Outage> outages() {
        return List.of();
    }

    /// Answers. Blocks; call it on a thread that may.
    ///
    /// @throws dev.sampan.kernel.ProblemException `serving.not_deployed`, `serving.unavailable` (an
    ///     [Outage]), `serving.overloaded` (retriable), `input.missing_column`
    List<Prediction> predict(String publicModel, List<Map<String, String>> inputs);

    /// Labels in the order of every prediction's scores.
    List<String> labels(String publicModel);
}
