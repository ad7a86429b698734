package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.core.type.TypeReference;

/// What holds for every specification, and for everything that is none.
class SpecPropertyTests {
    private static Path folder = Path.of("unset");

    private static final List<String> PIECES = List.of(
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "|",
            ">",
            "\t",
            "\n",
            "\n  ",
            "null",
            "~",
            "-1",
            "1e999",
            "0x1F",
            ".inf",
            "true",
            "text",
            "\u0000",
            "\uFEFF",
            "🚢",
            "\\",
            "? ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "<<: ",
            ",",
            "train: ",
            "type: bilstm",
            "\"\\U00110000\"",
            "\"\\xZZ\"",
            "@",
            "`");

    @BeforeContainer
    static void makeData() throws IOException {
        folder = Files.createTempDirectory("spec").toAbsolutePath();
        Files.writeString(folder.resolve("rows.csv"), "question,intent,customer\nhello,greet,7\n");
    }

    @AfterContainer
    static void removeData() throws IOException {
        Files.deleteIfExists(folder.resolve("sampan.yaml"));
        Files.deleteIfExists(folder.resolve("rows.csv"));
        Files.delete(folder);
    }

    @Property(tries = 300)
    void readsBackWhatItWrites(@ForAll long seed) throws IOException {
        Spec spec = AnySpec.of(new Random(seed), folder);
        Map<String, Object> tree = Specs.toTree(spec);
        assertThat(Specs.fromTree(tree, folder)).isEqualTo(spec);
        String json = Json.write(tree);
        Map<String, Object> fromJson = Json.MAPPER.readValue(json, new TypeReference<>() {});
        assertThat(Specs.fromTree(fromJson, folder)).isEqualTo(spec);
        assertThat(read(Specs.toYaml(spec).getBytes(StandardCharsets.UTF_8), List.of()))
                .isEqualTo(spec);
    }

    @Property(tries = 2000)
    void anythingIsASpecificationOrAProblem(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(Specs.toYaml(AnySpec.of(random, folder)));
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            mutate(text, random);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        List<String> overrides = new ArrayList<>();
        if (random.nextInt(5) == 0) {
            overrides.add("train." + piece(random) + "=" + piece(random));
        }
        try {
            Spec spec = read(bytes, overrides);
            assertThat(Specs.fromTree(Specs.toTree(spec), folder)).isEqualTo(spec);
        } catch (ProblemException e) {
            assertThat(e.problems()).allSatisfy(problem -> {
                assertThat(problem.code()).matches("spec\\.[a-z_]+");
                assertThat(problem.sentence()).doesNotContain("\n");
            });
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, piece(random));
            case 1 -> text.replace(at, end, piece(random));
            case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 60)));
            case 3 -> text.insert(at, piece(random).repeat(random.nextInt(200)));
            default -> text.delete(at, end);
        }
        if (text.isEmpty()) {
            text.append(piece(random));
        }
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private static Spec read(byte[] yaml, List<String> overrides) throws IOException {
        Path file = folder.resolve("sampan.yaml");
        Files.write(file, yaml);
        return Specs.read(file, overrides);
    }
}
