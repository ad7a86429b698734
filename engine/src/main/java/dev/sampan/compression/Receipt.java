package dev.sampan.compression;

import dev.sampan.evaluation.Report.Figure;
import java.util.Map;

/// What making a model smaller cost and gained, measured on this machine.
///
/// @param step what was done, as in the specification
/// @param outcome whether there is a smaller package
/// @param before measured on the package as it came
/// @param after measured on the smaller package; equal to `before` when there was nothing to gain
/// @param cpu processor name and the instructions that matter for INT8, as far as the system tells
/// @param sentence the receipt in one sentence
public record Receipt(String step, Outcome outcome, Side before, Side after, String cpu, String sentence) {
    /// @param modelBytes size of `model.onnx`
    /// @param medianMicros median time of one input answered alone
    /// @param metrics held-out metrics
    public record Side(long modelBytes, double medianMicros, Map<String, Figure> metrics) {
        public Side {
            metrics = Map.copyOf(metrics);
        }
    }

    /// How the step ended.
    public enum Outcome {
        SMALLER,
        /// The model was quantised before it came here.
        NOTHING_TO_GAIN,
        /// The held-out metric fell by more than the specification allows; the package is unchanged.
        REFUSED_BY_GATE
    }
}
