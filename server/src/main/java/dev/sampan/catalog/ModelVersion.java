package dev.sampan.catalog;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import java.time.Instant;

/// One immutable version of a model on the shelf.
///
/// @param number 1, 2, 3 … within the name
/// @param content identity of its package
/// @param summary accuracy and macro F1 of the report, sizes: what lists show, as JSON
public record ModelVersion(
        TenantId tenant,
        String name,
        int number,
        Sha256 content,
        String architecture,
        String summary,
        Instant registeredAt,
        ActorId registeredBy) {
    /// What stands for the architecture of a model that others made.
    public static final String FOREIGN = "foreign";

    /// Whether others made it: then it cannot be opened or served here.
    public boolean foreign() {
        return architecture.equals(FOREIGN);
    }
}
