package dev.sampan.integrity.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariants;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class IntegrityRoom {
    @Bean
    InspectionStore inspectionStore(Database database) {
        return new InspectionStore(database);
    }

    @Bean
    Inspector integrity(
            ObjectProvider<Invariants> rooms, InspectionStore store, InstantSource clock, MeterRegistry metrics) {
        return new Inspector(
                () -> rooms.stream().flatMap(room -> room.all().stream()).toList(), store, clock, metrics);
    }

    @Bean
    HourlyInspection hourlyInspection(Inspector inspector, InspectionStore store, InstantSource clock) {
        return new HourlyInspection(inspector, store, clock);
    }

    @Bean
    Invariants tenancyInvariants(Database database) {
        return Invariants.of(new TenancyInvariant(database));
    }
}
