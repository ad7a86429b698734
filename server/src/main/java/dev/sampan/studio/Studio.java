package dev.sampan.studio;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Launches specifications and tells how they fare.
public interface Studio {
    /// Checks the specification, then submits the run as a durable job.
    ///
    /// @throws dev.sampan.kernel.ProblemException mistakes of the specification; nothing was submitted
    Ulid launch(TenantId tenant, Path specFile, List<String> overrides, ActorId by);

    Optional<Run> run(TenantId tenant, Ulid id);

    /// Newest first.
    List<Run> latest(TenantId tenant, int limit);

    void cancel(TenantId tenant, Ulid id);

    /// Epoch metrics of the training so far, oldest first: for the curves of a page that was reloaded.
    List<Map<String, Object>> trainingHistory(TenantId tenant, Ulid id);
}
