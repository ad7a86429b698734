/// Recommenders: interactions → a graph that scores every thing for a history. Each method is fitted in its own class
/// and
/// ends as an ONNX graph; which is best is asked of the graphs themselves, so that what was measured is what serves.
@NullMarked
package dev.sampan.training.internal.recommend;

import org.jspecify.annotations.NullMarked;
