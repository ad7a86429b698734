/// Labels made by people: Label Studio's files in and out, how far people agree, which rows to label next, and
/// which labels are probably wrong. Pure functions on labels and scores; who gives the scores is the caller's
/// affair.
@NamedInterface("label")
@NullMarked
package dev.sampan.data.label;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
