/// `Dataset` and `Spec` → `ModelPackage`. Runs in a child JVM through [dev.sampan.training.TrainMain], or in any Java
/// program through [dev.sampan.training.Training].
///
/// A run is a function of the data set, the specification and the seed: the order of rows, what is dropped and the
/// first weights are computed from the seed with the epoch's and the step's number, sums are made in a fixed order
/// whatever the number of threads, and a run broken off goes on from its checkpoint to the same weights, bit for bit.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "data",
            "data::image",
            "model",
            "model::onnx",
            "runtime",
            "compute",
            "network",
            "network::adversarial",
            "network::families",
            "network::fusion",
            "network::images",
            "network::layers",
            "network::objectives"
        })
@NullMarked
package dev.sampan.training;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
