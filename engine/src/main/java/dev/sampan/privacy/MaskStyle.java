package dev.sampan.privacy;

/// What stands in the place of personal data.
public enum MaskStyle {
    /// the kind: `<PHONE>`
    LABEL,
    /// the kind and eight hexadecimal digits of an HMAC-SHA-256 under the salt: `<PHONE:3fa9c1d2>`. Equal values stay
    /// equal, so that rows can still be joined. Whoever has the salt can try all phone numbers: this is a pseudonym
    HASH,
    /// as much as a clerk may see: `138****5678`, `a***@example.com`, `张**`
    PARTIAL
}
