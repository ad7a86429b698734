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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LocalVerbTests {
    @TempDir
    Path folder;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String model = "";
    private String data = "";

    @BeforeEach
    void aModelAndRows() throws IOException {
        model = folder.resolve("model").toString();
        ModelFixtures.aTinyPackage(folder.resolve("model"));
        data = Files.writeString(folder.resolve("rows.csv"), """
                        question,label
                        where is my parcel,delivery
                        the invoice for tax,invoice
                        money back please,refund
                        courier late,delivery
                        """).toString();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBackTheStreams() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path specification(String text) throws IOException {
        return Files.writeString(folder.resolve("sampan.yaml"), text);
    }

    @Test
    void evaluateComparesTwoPackagesOnTheSameRows() {
        ModelFixtures.aTinyPackage(folder.resolve("other"));
        String other = folder.resolve("other").toString();
        assertThat(Main.run("evaluate", model, data, "--label", "label", "--against", other, "--json"))
                .as(complained())
                .isZero();
        JsonNode accuracy = Json.MAPPER.readTree(said()).path("differences").path("accuracy");
        assertThat(accuracy.path("p").asDouble()).isEqualTo(1);
        assertThat(accuracy.path("test").stringValue()).isEqualTo("MCNEMAR_MID_P");
        out.reset();
        assertThat(Main.run("evaluate", model, data, "--label", "label", "--against", other))
                .isZero();
        assertThat(said()).contains("accuracy", "p 1.0000");
    }

    @Test
    void evaluateTellsSlicesAndRefusesCostsOfThreeLabels() {
        assertThat(Main.run("evaluate", model, data, "--label", "label", "--slice", "label"))
                .isZero();
        assertThat(said()).contains("label = delivery, 2 rows");
        assertThat(Main.run(
                        "evaluate",
                        model,
                        data,
                        "--label",
                        "label",
                        "--false-positive",
                        "1",
                        "--false-negative",
                        "5",
                        "--choose-on",
                        data))
                .isEqualTo(1);
        assertThat(complained()).contains("between two categories, but the model has 3");
    }

    @Test
    void evaluatePrintsOneDocumentWithEveryMetricAndItsInterval() {
        assertThat(Main.run("evaluate", model, data, "--label", "label", "--json"))
                .as(complained())
                .isZero();
        JsonNode metrics = Json.MAPPER.readTree(said()).path("metrics");
        for (String metric : new String[] {
            "accuracy", "precision_macro", "recall_macro", "f1_macro", "f1_weighted", "roc_auc_ovr", "log_loss"
        }) {
            assertThat(metrics.path(metric).propertyNames())
                    .as(metric)
                    .containsExactlyInAnyOrder("value", "low", "high", "n");
        }
        assertThat(metrics.path("accuracy").path("value").asDouble()).isEqualTo(1.0);
        assertThat(metrics.path("accuracy").path("n").asInt()).isEqualTo(4);
    }

    @Test
    void predictAnswersEveryRowAsCsvAndAsJson() {
        assertThat(Main.run("predict", model, data)).isZero();
        assertThat(said().lines()).hasSize(5).first().isEqualTo("question,label,prediction,score");
        assertThat(said()).contains("where is my parcel,delivery,delivery,");
        out.reset();
        assertThat(Main.run("predict", model, data, "--json")).isZero();
        assertThat(Json.MAPPER.readTree(said()).path("predictions")).hasSize(4);
    }

    @Test
    void explainSaysWhichWordSpoke() {
        assertThat(Main.run("explain", model, data, "--samples", "1", "--json")).isZero();
        JsonNode explanation =
                Json.MAPPER.readTree(said()).path("explanations").path(0).path("explanation");
        assertThat(explanation.path("label").asString()).isEqualTo("delivery");
        assertThat(explanation.path("tokens").size()).isPositive();
    }

    @Test
    void checkNamesTheMistakeItsPlaceAndTheRemedy() throws IOException {
        Path file = specification("""
                name: t
                task: text_classification
                data:
                  dataset: rows.csv
                  input_featurs: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                """);
        assertThat(Main.run("check", file.toString())).isEqualTo(1);
        assertThat(complained()).contains("sampan.yaml:5:3", "input_featurs", "Did you mean 'input_features'?");
        assertThat(said()).isEmpty();
        err.reset();
        assertThat(Main.run("check", file.toString(), "--json")).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(said()).path("problems").size()).isPositive();
    }

    @Test
    void anOutputFolderThatIsNotEmptyIsRefusedBeforeAnyWork() {
        assertThat(Main.run("compress", model, data, "--label", "label", "-o", folder.toString()))
                .isEqualTo(1);
        assertThat(complained()).contains("exists and is not empty", "--force");
        assertThat(complained()).doesNotContain("compress 0");
    }

    @Test
    void aFileThatIsNoPackageAndDataThatIsNotThereAreSentences() {
        assertThat(Main.run("evaluate", data, data)).isEqualTo(1);
        assertThat(Main.run("predict", model, folder.resolve("gone.csv").toString()))
                .isEqualTo(1);
        assertThat(complained().lines())
                .allMatch(line -> line.startsWith("sampan: "))
                .hasSize(2);
    }

    @Test
    void aRowThatCannotBeReadEndsTheOneDocumentWithItsProblem() throws IOException {
        String ragged = Files.writeString(folder.resolve("ragged.csv"), """
                        question,label
                        "where is my parcel,delivery
                        """).toString();
        assertThat(Main.run("predict", model, ragged, "--json")).isEqualTo(1);
        JsonNode document = Json.MAPPER.readTree(said());
        assertThat(document.path("problems").path(0).path("code").asString()).startsWith("data.");

        out.reset();
        String foreign = Files.writeString(folder.resolve("foreign.csv"), "questoin,label\nwhere,delivery\n")
                .toString();
        assertThat(Main.run("predict", model, foreign, "--json")).isEqualTo(1);
        document = Json.MAPPER.readTree(said());
        assertThat(document.path("problems").path(0).path("code").asString()).isEqualTo("input.missing_column");
        assertThat(document.path("problems").path(0).path("remedy").asString()).contains("questoin");
        assertThat(said().strip().lines()).hasSize(1);
    }

    @Test
    void compressWritesAPackageThatAnswersAlike() {
        String small = folder.resolve("small").toString();
        assertThat(Main.run("compress", model, data, "--label", "label", "-o", small, "--json"))
                .as(complained())
                .isZero();
        assertThat(Json.MAPPER.readTree(said()).path("receipts").size()).isEqualTo(1);
        out.reset();
        assertThat(Main.run("predict", small, data)).isZero();
        assertThat(said()).contains("money back please,refund,refund,");
    }

    @Test
    void forceReplacesModelPackagesAlone() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("thesis.txt"), "years of work");
        assertThat(Main.run("compress", model, data, "--label", "label", "-o", precious.toString(), "--force"))
                .isEqualTo(1);
        assertThat(complained()).contains("no model package");
        assertThat(precious.resolve("thesis.txt")).exists();
    }

    @Test
    void anOverrideReachesThePlan() throws IOException {
        Path file = specification("""
                name: t
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                """);
        assertThat(Main.run("check", file.toString(), "--json")).isZero();
        assertThat(Json.MAPPER.readTree(said()).path("valid").asBoolean()).isTrue();
        out.reset();
        assertThat(Main.run("plan", file.toString(), "train.seed=7", "--json")).isZero();
        JsonNode plan = Json.MAPPER.readTree(said());
        assertThat(plan.path("spec").path("train").path("seed").asInt()).isEqualTo(7);
        assertThat(plan.path("estimate").path("rows").asInt()).isEqualTo(4);
    }

    @Test
    void rowsWithoutTheLabelCannotBeJudged() throws IOException {
        String blind = Files.writeString(folder.resolve("blind.csv"), "question\nwhere is my parcel\n")
                .toString();
        assertThat(Main.run("evaluate", model, blind, "--label", "label", "--json"))
                .isEqualTo(1);
        assertThat(Json.MAPPER
                        .readTree(said())
                        .path("problems")
                        .path(0)
                        .path("sentence")
                        .asString())
                .contains("label");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate MODEL DATA --confidence 2",
                "evaluate MODEL DATA --confidence NaN",
                "explain MODEL DATA --samples 0",
                "compress MODEL DATA -o x --max-relative-drop -1"
            })
    void aNumberOutOfItsRangeIsAWrongCall(String call) {
        assertThat(Main.run(call.replace("MODEL", model).replace("DATA", data).split(" ")))
                .isEqualTo(2);
        assertThat(complained()).contains(" must be from ");
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chek", "train", "evaluate --json", "predict --nonsense x y"})
    void aWrongCallIsTwoLinesAndExitCodeTwo(String call) {
        assertThat(Main.run(call.split(" "))).isEqualTo(2);
        assertThat(complained()).startsWith("sampan: ").doesNotContain("\tat ");
        assertThat(said()).isEmpty();
    }
}
