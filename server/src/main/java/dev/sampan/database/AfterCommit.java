package dev.sampan.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What must be true in the database before it is done elsewhere: memory, events, wake-up calls.
public final class AfterCommit {
    private AfterCommit() {}

    /// Once the current transaction is committed, never when it is rolled back; at once outside of one.
    public static void run(Runnable effect) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            effect.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                effect.run();
            }
        });
    }
}
