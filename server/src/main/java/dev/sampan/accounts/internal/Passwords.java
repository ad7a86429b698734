package dev.sampan.accounts.internal;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Argon2id with 19 MiB, two passes, one lane: OWASP's floor. Two at once, so that many tries at the same time cannot
/// take the machine's memory.
final class Passwords {
    private static final int AT_ONCE = 2;
    private static final Argon2PasswordEncoder ENCODER = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);

    private final Semaphore turns = new Semaphore(AT_ONCE);
    private volatile @Nullable String nobodys;

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            String hash = ENCODER.encode(PasswordRules.normal(password));
            if (hash == null) {
                throw new IllegalStateException("Argon2 gave no hash");
            }
            return hash;
        } finally {
            turns.release();
        }
    }

    /// @param hash null for an unknown member: takes as long and is false
    boolean matches(String password, @Nullable String hash) {
        String compared = hash == null ? nobodys() : hash;
        turns.acquireUninterruptibly();
        try {
            return ENCODER.matches(PasswordRules.normal(password), compared) && hash != null;
        } finally {
            turns.release();
        }
    }

    /// Whether it was hashed with weaker settings than ours.
    static boolean outdated(String hash) {
        return ENCODER.upgradeEncoding(hash);
    }

    /// Made at the first try of all, whoever makes it.
    private String nobodys() {
        String known = nobodys;
        if (known == null) {
            known = hash("nobody has this password");
            nobodys = known;
        }
        return known;
    }

    /// Called at start in the background, so that the first unknown name takes no longer than a known one.
    void warmUp() {
        nobodys();
    }
}
