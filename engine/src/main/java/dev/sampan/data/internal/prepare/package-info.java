/// Files → one data set version. The steps stand in one list in `Preparation`.
///
/// Memory does not hold the rows, nor what is known of each: they go to files in a working folder beside the
/// target, read through the page cache; equal and similar rows are found by sorting hashes that were spilled into
/// 64 files, one file at a time. On the heap stay about one byte for each row, four where similar texts are looked
/// for. More rows than fit in half of the heap are refused as `data.too_many_rows`. The working folder takes about
/// twice the size of the sources, and is removed at the end.
@NullMarked
package dev.sampan.data.internal.prepare;

import org.jspecify.annotations.NullMarked;
