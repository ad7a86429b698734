/// Tensors over libtorch, and what they need: native memory with an owner, weights in one flat array, the optimiser.
///
/// libtorch runs the heavy part of a step, forward and backward, and nothing else. Weights and moments live in Java
/// arrays and are copied over once a step: the update is then one loop which the JIT turns into vector instructions
/// (3.5 times the speed of the same in tensor operators), a checkpoint is a copy of arrays, and no native memory
/// outlives a step except the copies of the weights.
///
/// Everything random comes from a seed through Java's own generators, never from libtorch's global one, so that a step
/// is a function of its arguments and a run may be broken off and taken up again at any step.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.compute;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
