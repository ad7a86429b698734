package dev.sampan.catalog.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Property `sampan.models`: the folder of packages, by default in the home; nodes on one
/// database share it.
@Configuration(proxyBeanMethods = false)
class CatalogRoom {
    @Bean
    Catalog catalog(
            Database database, InstantSource clock, @Value("${sampan.models:${sampan.home}/models}") Path models) {
        return new DatabaseCatalog(database, new PackageShelf(models), clock);
    }
}
