package dev.sampan.kernel;

/// Where long work tells how far it is, and hears that nobody wants it any more.
public interface Progress {
    /// Silent and never cancelled.
    Progress NONE = (_, _, _, _) -> {};

    /// @param step what is being done, the same short name throughout: `train`, `evaluate`
    /// @param done units done so far, never falling within a step
    /// @param total units in all, 0 while unknown
    /// @param note a figure or a file name worth seeing; may be empty
    void at(String step, long done, long total, String note);

    /// Asked between units of work; when true, the work throws `CancellationException` and leaves nothing half-written.
    default boolean cancelled() {
        return false;
    }
}
