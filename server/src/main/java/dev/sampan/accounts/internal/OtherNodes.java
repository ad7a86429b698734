package dev.sampan.accounts.internal;

import dev.sampan.database.DatabaseAway;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every two seconds what other nodes on the same database did to the keys. A database of our own has no other
/// nodes.
final class OtherNodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtherNodes.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final StoredAccounts accounts;
    private final boolean shared;
    private final Thread watch = Thread.ofVirtual().name("keys-of-other-nodes").unstarted(this::watch);

    OtherNodes(StoredAccounts accounts, boolean shared) {
        this.accounts = accounts;
        this.shared = shared;
    }

    void start() {
        if (shared) {
            watch.start();
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer watching other nodes", e);
        }
    }

    private void look() {
        try {
            accounts.catchUp();
        } catch (DatabaseAway e) {
            LOG.warn("Keys revoked on other nodes are not known here while the database is away");
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
