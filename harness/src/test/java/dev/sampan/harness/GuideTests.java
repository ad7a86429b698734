package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every whole `sampan.yaml` of the guide is one that the reader takes, over data with the columns it names.
class GuideTests {
    private static final Path GUIDE = Path.of(System.getProperty("sampan.root", ".."), "docs", "guide")
            .toAbsolutePath()
            .normalize();
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DATASET = Pattern.compile("dataset: (\\S+)");
    private static final Pattern COLUMN = Pattern.compile("\\{name: ([^,}]+), type");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everySpecificationOfTheGuideIsTaken() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> pages = Files.list(GUIDE)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Matcher blocks = BLOCK.matcher(Files.readString(page));
                while (blocks.find()) {
                    String yaml = blocks.group(1);
                    if (yaml.contains("\ntask:") && yaml.contains("\ndata:")) {
                        String name = page.getFileName() + " "
                                + yaml.lines().findFirst().orElse("");
                        tests.add(DynamicTest.dynamicTest(name, () -> taken(yaml)));
                    }
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @Test
    void theSuppliersOfTheGuideAndOfTheExampleAreTaken() throws IOException {
        Specs.readSuppliers(GUIDE.resolve("../../examples/suppliers.yaml").normalize());
        for (String page : List.of("suppliers.md", "suppliers.zh.md")) {
            Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
            assertThat(block.find()).as(page).isTrue();
            Path file = Files.writeString(folder.resolve("suppliers.yaml"), block.group(1));
            assertThat(Specs.readSuppliers(file).models()).as(page).isNotEmpty();
        }
    }

    @Test
    void theWaysToPayOfTheGuideAreTaken() throws IOException {
        for (String page : List.of("payments.md", "payments.zh.md")) {
            Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
            assertThat(block.find()).as(page).isTrue();
            Path file = Files.writeString(folder.resolve("payments.yaml"), block.group(1));
            assertThat(Specs.readPayments(file).providers()).as(page).hasSize(4);
        }
    }

    @Test
    void thePlansOfTheGuideAndOfTheExampleAreTaken() throws IOException {
        Specs.readPlans(GUIDE.resolve("../../examples/plans.yaml").normalize());
        for (String page : List.of("plans.md", "plans.zh.md")) {
            Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
            assertThat(block.find()).as(page).isTrue();
            Path file = Files.writeString(folder.resolve("plans.yaml"), block.group(1));
            assertThat(Specs.readPlans(file).plans()).as(page).isNotEmpty();
        }
    }

    private void taken(String yaml) throws IOException {
        Path work = Files.createTempDirectory(folder, "guide");
        Matcher dataset = DATASET.matcher(yaml);
        assertThat(dataset.find()).isTrue();
        data(work, dataset.group(1), yaml);
        Path file = work.resolve("sampan.yaml");
        Files.writeString(file, yaml);
        Spec spec = Specs.read(file, List.of());
        assertThat(Specs.toTree(spec)).containsKey("model");
    }

    private static void data(Path work, String dataset, String yaml) throws IOException {
        if (dataset.endsWith("/")) {
            for (String label : List.of("a", "b")) {
                Path picture = work.resolve(dataset).resolve(label).resolve("1.png");
                Files.createDirectories(picture.getParent());
                ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
            }
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        Matcher column = COLUMN.matcher(yaml);
        while (column.find()) {
            columns.add(column.group(1));
        }
        Files.writeString(work.resolve(dataset), String.join(",", columns) + "\n");
    }
}
