package dev.sampan.database;

/// Where a PostgreSQL is and as whom we come: the owner of our schemas.
///
/// @param url such as `jdbc:postgresql://127.0.0.1:5432/sampan`
public record DatabaseAddress(String url, String user, String password) {
    public DatabaseAddress {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("not a PostgreSQL address: '" + url + "'");
        }
    }

    @Override
    public String toString() {
        return user + "@" + url;
    }
}
