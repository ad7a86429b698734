package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import dev.sampan.SampanApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/// The rooms of all Maven modules at once: each sees only what it declares, and only rooms above it.
class ModularityTests {
    /// From the top of the house down, as in docs/architecture.md.
    private static final List<String> ROOMS = List.of(
            "kernel",
            "privacy",
            "spec",
            "search",
            "data",
            "model",
            "runtime",
            "evaluation",
            "explanation",
            "compression",
            "compute",
            "network",
            "training",
            "database",
            "shell",
            "trust",
            "accounts",
            "integrity",
            "jobs",
            "catalog",
            "studio",
            "serving",
            "suppliers",
            "limits",
            "gateway",
            "metering",
            "answers",
            "billing",
            "payments",
            "webhooks",
            "console",
            "cli");

    private final ApplicationModules rooms =
            ApplicationModules.of(SampanApplication.class, new ImportOption.DoNotIncludeTests());

    @Test
    void everyRoomSeesOnlyWhatItDeclares() {
        rooms.verify();
    }

    @Test
    void everyRoomStandsInTheListAndLooksUpwardsOnly() {
        for (ApplicationModule room : rooms) {
            String name = room.getIdentifier().toString();
            if (name.equals("harness")) {
                continue;
            }
            assertThat(ROOMS).as("the list of rooms").contains(name);
            room.getDirectDependencies(rooms)
                    .uniqueModules()
                    .forEach(other -> assertThat(
                                    ROOMS.indexOf(other.getIdentifier().toString()))
                            .as(name + " looks at " + other.getIdentifier() + ", which must stand above it")
                            .isLessThan(ROOMS.indexOf(name)));
        }
    }
}
