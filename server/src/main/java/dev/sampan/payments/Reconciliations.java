package dev.sampan.payments;

import java.time.LocalDate;
import java.util.List;

/// Our books beside the providers'. Every day is compared by itself once its bill is there; comparing it again
/// replaces what was found before.
public interface Reconciliations {
    /// Compares a day with every provider in force that has lists. Takes as long as they take.
    List<Reconciliation> compare(LocalDate day);

    /// Newest day first.
    List<Reconciliation> latest(int most);
}
