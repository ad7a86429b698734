package dev.sampan.accounts.internal;

import dev.sampan.database.DatabaseAway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keys need off the hot path, in one thread: every two seconds what other nodes changed is taken over and the
/// last uses are written; a key's first use at once. While the database is away the door goes on with the keys
/// it knows.
final class KeyWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
    private static final long PAUSE_MILLIS = 2_000;

    private final KeyRing keys;
    private final Thread thread = Thread.ofVirtual().name("keys").unstarted(this::watch);
    private volatile boolean stopping;
    private boolean away;

    KeyWatch(KeyRing keys) {
        this.keys = keys;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (!stopping) {
            try {
                keys.awaitFirstUse(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                return; // nobody of ours does
            }
            look();
        }
    }

    private void look() {
        try {
            keys.catchUp();
            keys.writeUses();
            if (away) {
                LOG.info("The database is back: keys made and revoked meanwhile are known");
            }
            away = false;
        } catch (DatabaseAway e) {
            if (!away) {
                LOG.warn("While the database is away, keys revoked on other nodes are not known here");
            }
            away = true;
        } catch (RuntimeException e) {
            // The boundary of this thread: one failed look must not be the last, or revocations would go unheard.
            LOG.error("Keys could not be looked after; tried again in two seconds", e);
        }
    }

    /// The last uses are written; without the database they are lost.
    void stop() throws InterruptedException {
        stopping = true;
        keys.wake(); // an interrupt would close the connection under its statement
        thread.join();
        look();
    }
}
