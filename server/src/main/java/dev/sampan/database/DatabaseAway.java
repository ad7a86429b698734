package dev.sampan.database;

/// The database cannot be reached, is starting or has no room: trying again later may help. Edges answer 503 with
/// Retry-After. When the connection broke at the commit it is unknown whether the work was kept, so whoever tries
/// again must be idempotent.
public final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DatabaseAway(Throwable cause) {
        super("the database is away", cause);
    }
}
