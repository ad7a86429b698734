package dev.sampan.trust;

/// Keeps secrets that must be read back, such as keys for other people's APIs, sealed: encrypted and bound to
/// the place where they are kept.
public interface Vault {
    /// @param place where the sealed form is kept (table and row); the same is needed to open it, so that one
    ///     sealed secret does not stand in for another
    byte[] seal(byte[] secret, String place);

    /// @throws dev.sampan.kernel.ProblemException `trust.cannot_open` when it was sealed elsewhere, under another
    ///     master key, or was changed
    byte[] open(byte[] sealed, String place);
}
