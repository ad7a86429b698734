package dev.sampan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.testing.ModelFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LabelVerbsTests {
    @TempDir
    Path folder;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBackTheStreams() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String model() {
        ModelFixtures.aTinyPackage(folder.resolve("model"));
        return folder.resolve("model").toString();
    }

    private JsonNode run(String... arguments) {
        out.reset();
        assertThat(Main.run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void rowsGoOutWithTheModelsProposalsAndComeBackAsPeopleDecided() throws IOException {
        String rows = file("rows.csv", "question,label\nwhere is my parcel,delivery\nmoney back please,\n");
        String tasks = folder.resolve("tasks.json").toString();
        JsonNode told = run("label", "export", rows, "-o", tasks, "--model", model(), "--label", "label", "--json");
        assertThat(told.path("shown").stringValue()).isEqualTo("question");
        JsonNode written = Json.MAPPER.readTree(Files.readString(Path.of(tasks)));
        assertThat(written.get(1)
                        .path("predictions")
                        .get(0)
                        .path("result")
                        .get(0)
                        .path("value")
                        .toString())
                .contains("refund");
        assertThat(written.get(1).path("annotations")).isEmpty();
        String back = folder.resolve("back.csv").toString();
        JsonNode imported = run("label", "import", tasks, "-o", back, "--json");
        assertThat(imported.path("rows").asInt()).isEqualTo(1);
        assertThat(imported.path("unlabelled").asInt()).isEqualTo(1);
        assertThat(Files.readString(Path.of(back))).contains("where is my parcel,delivery");
        assertThat(Main.run("label", "import", tasks, "-o", back)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("back.csv exists");
    }

    @Test
    void agreementIsPrinted() throws IOException {
        String vote = "{\"completed_by\":%d,\"result\":[{\"type\":\"choices\",\"value\":{\"choices\":[\"%s\"]}}]}";
        String task = "{\"data\":{\"text\":\"x\"},\"annotations\":[%s,%s]}";
        String export = file(
                "export.json",
                "[" + task.formatted(vote.formatted(1, "a"), vote.formatted(2, "a")) + ","
                        + task.formatted(vote.formatted(1, "b"), vote.formatted(2, "b")) + "]");
        JsonNode told = run("label", "agreement", export, "--json");
        assertThat(told.path("choices").path("cohen").asDouble()).isEqualTo(1);
        out.reset();
        assertThat(Main.run("label", "agreement", export)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1.0000");
    }

    @Test
    void theDoubtfulRowIsAskedForFirst() throws IOException {
        String rows = file("rows.csv", "question\nparcel\nparcel refund\nparcel\n");
        JsonNode told = run("label", "order", model(), rows, "--by", "margin", "--count", "2", "--json");
        assertThat(told.path("rows").get(0).path("row").asInt()).isEqualTo(1);
        assertThat(told.path("rows")).hasSize(2);
        out.reset();
        assertThat(Main.run("label", "order", folder.resolve("model").toString(), rows, "--count", "1"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("question,origin,doubt\r\nparcel refund,");
    }

    @Test
    void aWrongLabelIsSuspected() throws IOException {
        StringBuilder text = new StringBuilder("question,label\n");
        text.append("where is my parcel,delivery\n".repeat(6));
        text.append("money back please,refund\n".repeat(6));
        text.append("tax invoice,invoice\n".repeat(6));
        text.append("courier late,refund\n");
        JsonNode told =
                run("label", "errors", model(), file("rows.csv", text.toString()), "--label", "label", "--json");
        assertThat(told.path("suspects").asInt()).isEqualTo(1);
        JsonNode suspect = told.path("shown").get(0);
        assertThat(suspect.path("origin").stringValue()).contains("20");
        assertThat(suspect.path("likely").stringValue()).isEqualTo("delivery");
        assertThat(told.path("trained_on_these_rows").asBoolean()).isFalse();
    }
}
