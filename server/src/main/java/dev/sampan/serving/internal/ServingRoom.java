package dev.sampan.serving.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import dev.sampan.serving.PublicNames;
import dev.sampan.serving.Serving;
import dev.sampan.studio.Stage;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class ServingRoom {
    @Bean
    LiveModels liveModels(Database database, Catalog catalog, InstantSource clock) {
        return new LiveModels(new DeploymentStore(database), LiveModels.from(catalog), Capacity.ofThisMachine(), clock);
    }

    /// Other public names are known in a room below, which is there when a stage runs.
    @Bean
    Stage deployStage(Serving serving, Catalog catalog, ObjectProvider<PublicNames> names) {
        return new DeployStage(serving, catalog, names::getIfAvailable);
    }
}
