/// Late fusion: a branch for each part of a row, each with an answer of its own, added up with learnt weights.
@NamedInterface("fusion")
@NullMarked
package dev.sampan.network.fusion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
