package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The examples that come with the repository are good specifications.
class ExampleSpecTests {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @Test
    void helpdeskReadsAndSells() {
        Spec spec = Specs.read(EXAMPLES.resolve("helpdesk/sampan.yaml"), List.of());
        assertThat(Objects.requireNonNull(spec.product()).pricePerCall()).hasToString("0.002 CNY");
        assertThat(spec.product().trialCredit()).hasToString("5 CNY");
        assertThat(spec.serve().model()).isEqualTo("helpdesk");
        assertThat(Specs.files(spec.folder(), spec.data().dataset())).hasSize(1);
    }

    @Test
    void bankingAndHotelReadWhereTheirDataIs() {
        String shared = System.getProperty("sampan.shared", "");
        for (String name : List.of("banking", "hotel")) {
            Path file = EXAMPLES.resolve(name).resolve("sampan.yaml");
            List<String> elsewhere = switch (name) {
                case "banking" ->
                    List.of(
                            "data.dataset=" + shared + "/data/banking77-train.csv",
                            "data.test_dataset=" + shared + "/data/banking77-test.csv");
                default -> List.of("data.dataset=" + shared + "/data/chnsenticorp-hotel.csv");
            };
            assumeData(Path.of(shared, "data", "banking77-train.csv"));
            assertThat(Specs.read(file, elsewhere).name()).isEqualTo(name);
        }
    }

    private static void assumeData(Path file) {
        assumeTrue(Files.isRegularFile(file), "no data set at " + file);
    }
}
