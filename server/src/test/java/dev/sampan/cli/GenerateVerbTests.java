package dev.sampan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.image.PictureReader;
import dev.sampan.kernel.Json;
import dev.sampan.testing.GeneratorFixtures;
import dev.sampan.testing.ModelFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GenerateVerbTests {
    @TempDir
    Path folder;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void takeTheStreams() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBackTheStreams() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int generate(String... arguments) {
        return Main.run(
                Stream.concat(Stream.of("generate"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void picturesStandInAFolderThatSaysTheyAreMade() throws Exception {
        String model =
                GeneratorFixtures.ofPictures(folder.resolve("model")).folder().toString();
        Path made = folder.resolve("made");

        assertThat(generate(model, "--count", "3", "--seed", "5", "--label", "dog", "-o", made.toString()))
                .as(complained())
                .isZero();

        JsonNode sidecar = Json.MAPPER.readTree(Files.readString(made.resolve("samples.json")));
        assertThat(sidecar.path("synthetic").asBoolean()).isTrue();
        assertThat(sidecar.path("samples")).hasSize(3);
        JsonNode last = sidecar.path("samples").get(2);
        assertThat(last.path("seed").asLong()).isEqualTo(7);
        assertThat(last.path("kind").stringValue()).isEqualTo("dog");
        byte[] png = Files.readAllBytes(made.resolve(last.path("image").stringValue()));
        assertThat(PictureReader.read(png).width()).isEqualTo(2);
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).contains("Synthetic");
        assertThat(names()).containsExactly("made", "model");
    }

    @Test
    void aSeedIsOnePictureWhereverItStands() throws Exception {
        String model =
                GeneratorFixtures.ofPictures(folder.resolve("model")).folder().toString();
        Path many = folder.resolve("many");
        Path one = folder.resolve("one");
        generate(model, "--count", "300", "--seed", "0", "-o", many.toString());
        generate(model, "--count", "1", "--seed", "299", "-o", one.toString());

        assertThat(Files.readAllBytes(one.resolve("sample-000000.png")))
                .isEqualTo(Files.readAllBytes(many.resolve("sample-000299.png")));
    }

    @Test
    void rowsStandInAFileWithAColumnThatSaysTheyAreMade() throws Exception {
        String model =
                GeneratorFixtures.ofRows(folder.resolve("model")).folder().toString();
        Path made = folder.resolve("made.csv");

        assertThat(generate(model, "--count", "40", "-o", made.toString()))
                .as(complained())
                .isZero();

        List<String> lines = Files.readAllLines(made);
        assertThat(lines).hasSize(41);
        assertThat(lines.getFirst()).isEqualTo("kind,age,job,synthetic");
        assertThat(lines.subList(1, 41)).allMatch(line -> line.endsWith(",true"));
        assertThat(lines).anyMatch(line -> line.contains("\"smith, retired\""));
    }

    @Test
    void whatIsThereStaysUnlessItIsForced() throws Exception {
        String model =
                GeneratorFixtures.ofRows(folder.resolve("model")).folder().toString();
        String file = Files.writeString(folder.resolve("made.csv"), "mine").toString();

        assertThat(generate(model, "-o", file)).isEqualTo(1);
        assertThat(complained()).contains("exists");
        assertThat(Files.readString(Path.of(file))).isEqualTo("mine");
        assertThat(generate(model, "-o", file, "--force")).isZero();
        assertThat(Files.readAllLines(Path.of(file))).hasSize(17);

        String pictures = GeneratorFixtures.ofPictures(folder.resolve("pictures"))
                .folder()
                .toString();
        assertThat(generate(pictures, "-o", model, "--force"))
                .as("a model is no samples")
                .isEqualTo(1);
        assertThat(Path.of(model, "model.onnx")).exists();
    }

    @Test
    void nothingIsLeftOfAWrongCall() throws Exception {
        String model =
                GeneratorFixtures.ofPictures(folder.resolve("model")).folder().toString();
        String made = folder.resolve("made").toString();

        assertThat(generate(model, "--label", "dgo", "-o", made)).isEqualTo(1);
        assertThat(complained()).contains("dgo").contains("dog");
        assertThat(generate(model, "--count", "0", "-o", made)).isEqualTo(2);
        String classifier = ModelFixtures.aTinyPackage(folder.resolve("classifier"))
                .folder()
                .toString();
        assertThat(generate(classifier, "-o", made)).isEqualTo(1);
        assertThat(names()).containsExactly("classifier", "model");
    }
}
