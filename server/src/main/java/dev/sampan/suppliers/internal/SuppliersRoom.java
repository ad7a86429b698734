package dev.sampan.suppliers.internal;

import dev.sampan.database.Database;
import dev.sampan.serving.Serving;
import dev.sampan.suppliers.Pricing;
import dev.sampan.trust.Vault;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class SuppliersRoom {
    /// Prices are set in a room below, which is there when somebody applies a file.
    @Bean
    SupplierBook suppliers(
            Database database, Vault vault, ObjectProvider<Pricing> prices, Serving serving, InstantSource clock) {
        return new SupplierBook(new SqlSupplierStore(database, vault), prices::getObject, serving, clock);
    }
}
