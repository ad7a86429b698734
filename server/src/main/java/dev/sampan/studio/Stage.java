package dev.sampan.studio;

import java.util.Map;

/// One stage of a run. The room that owns a block of the specification contributes its stage as a bean; [Studio]
/// runs them in the order of [StageName].
public interface Stage {
    StageName name();

    /// Does the work, or finds it done: a second call with the same voyage changes nothing.
    ///
    /// @throws dev.sampan.kernel.ProblemException ends the run
    Outcome run(Voyage voyage, StageProgress progress);

    /// @param voyage with what this stage added
    /// @param cached true when the result lay there from an earlier run
    /// @param figures what is worth showing: rows, accuracy, bytes; values are texts, numbers and booleans
    record Outcome(Voyage voyage, boolean cached, Map<String, Object> figures) {
        public Outcome {
            figures = Map.copyOf(figures);
        }
    }
}
