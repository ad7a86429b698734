package dev.sampan.catalog.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;

/// The real shelf on a folder, for tests of rooms below.
public final class ShelfFixture {
    private ShelfFixture() {}

    public static Catalog aCatalog(Database database, Path folder) {
        return new DatabaseCatalog(database, new PackageShelf(folder), InstantSource.system());
    }
}
