package dev.sampan.integrity;

import java.util.List;

/// One thing that must always be true, of the room that it is about; see [Invariants].
public interface Invariant {
    /// Stable, such as `ledger.balanced`; `integrity.ID` in this room's language bundle says it to people.
    String id();

    /// Looks at everything there is. Runs beside calls, on a thread that may block; the same instance may be asked
    /// by two threads at once.
    Finding look();

    /// @param checked how many things were looked at
    /// @param breaks what is wrong, a sentence each that names the row, without customers' texts
    record Finding(long checked, List<String> breaks) {
        public Finding {
            breaks = List.copyOf(breaks);
        }
    }
}
