/// Files → one data set version. The steps stand in one list in `Preparation`.
///
/// Memory does not hold the rows. They go to a store in a working folder beside the target; equal and similar
/// rows are found by sorting hashes that were spilled into 64 files, one file at a time. On the heap stay 12
/// bytes for each row (12 MB per million) and, for one file of hashes at a time, 2 MB per million rows. More
/// rows than fit in half of the heap are refused as `data.too_many_rows`. The working folder takes about 1.3
/// times the size of the sources plus 8 bytes per row and band of hashes (16 bands at a similarity of 0.9), and
/// is removed at the end.
@NullMarked
package dev.sampan.data.internal.prepare;

import org.jspecify.annotations.NullMarked;
