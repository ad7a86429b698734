package dev.sampan.studio;

import dev.sampan.kernel.Progress;

/// One stage of a run. The room that owns a block of the specification contributes its stage as a bean; [Studio]
/// runs them in the order of [StageName].
public interface Stage {
    StageName name();

    /// Does the work, or finds it done: a second call with the same voyage changes nothing.
    ///
    /// @return the voyage with what this stage added
    /// @throws dev.sampan.kernel.ProblemException ends the run
    Voyage run(Voyage voyage, Progress progress);
}
