package dev.sampan.integrity;

import java.util.List;

/// Inspections of this installation.
public interface Integrity {
    /// Looks now. Minutes on large books; what is being sold meanwhile goes on.
    ///
    /// @throws dev.sampan.database.DatabaseAway nothing was kept of this look
    Inspection inspect();

    /// Of all nodes, newest first, at most `limit`.
    List<Inspection> latest(int limit);
}
