/// Models over columns of numbers, categories and dates: boosted trees and networks. Columns are fitted on the training
/// rows, encoded once, and learnt from in memory.
@NullMarked
package dev.sampan.training.internal.tabular;

import org.jspecify.annotations.NullMarked;
