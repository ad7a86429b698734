package dev.sampan.compression;

import dev.sampan.data.RowReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rows that the model has not learnt from: what its metrics before and after are measured on.
///
/// @param labelColumn the readers' column with the truth; null where there is none
/// @param rows opens the same rows from the first one, each time it is asked
public record HeldOut(@Nullable String labelColumn, Supplier<RowReader> rows) {}
