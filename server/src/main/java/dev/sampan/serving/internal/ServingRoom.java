package dev.sampan.serving.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import dev.sampan.serving.Serving;
import dev.sampan.studio.Stage;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class ServingRoom {
    @Bean
    LiveModels liveModels(Database database, Catalog catalog, InstantSource clock) {
        return new LiveModels(new DeploymentStore(database), LiveModels.from(catalog), Capacity.ofThisMachine(), clock);
    }

    @Bean
    Stage deployStage(Serving serving, Catalog catalog) {
        return new DeployStage(serving, catalog);
    }
}
