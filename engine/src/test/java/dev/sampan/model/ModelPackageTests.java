package dev.sampan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.testing.ModelFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

class ModelPackageTests {
    @TempDir
    Path folder;

    private Path target = Path.of("");

    @BeforeEach
    void aPackage() {
        target = folder.resolve("tiny");
        ModelFixtures.aTinyPackage(target);
    }

    @Test
    void opensWhatWasWrittenAndIsCalledByTheHashOfItsManifest() throws IOException {
        ModelPackage opened = ModelPackage.open(target);

        assertThat(opened.version()).isEqualTo(Sha256.of(target.resolve("sampan.json")));
        assertThat(opened.features().labels()).isEqualTo(ModelFixtures.LABELS);
        assertThat(opened.manifest().name()).isEqualTo("tiny-helpdesk");
        assertThat(opened.manifest().files())
                .containsOnlyKeys(
                        "MLmodel",
                        "README.md",
                        "conda.yaml",
                        "config.json",
                        "features.json",
                        "input_example.json",
                        "model.onnx",
                        "model.safetensors",
                        "python_env.yaml",
                        "requirements.txt",
                        "serving_input_example.json");
        assertThat(ModelFixtures.aTinyPackage(folder.resolve("again")).version())
                .isEqualTo(opened.version());
    }

    @Test
    void tellsMlflowHowToLoadItWithoutOurCode() throws IOException {
        JsonNode model = yaml(Files.readString(target.resolve("MLmodel")));

        assertThat(model.at("/flavors/python_function/loader_module").asString())
                .isEqualTo("mlflow.onnx");
        assertThat(model.at("/flavors/onnx/data").asString()).isEqualTo("model.onnx");
        assertThat(model.path("utc_time_created").asString()).isEqualTo("2026-01-02 03:04:05.000000");
        assertThat(model.path("model_uuid").asString()).matches("[0-9a-f]{32}");
        JsonNode inputs = Json.read(model.at("/signature/inputs").asString(), JsonNode.class);
        assertThat(inputs.findValuesAsString("name")).containsExactly("input_ids", "attention_mask");
        assertThat(inputs.findValuesAsString("dtype")).containsOnly("int64");
        JsonNode outputs = Json.read(model.at("/signature/outputs").asString(), JsonNode.class);
        assertThat(outputs.findValuesAsString("name")).containsExactly("logits", "probabilities");
        assertThat(outputs.at("/1/tensor-spec/shape/1").asInt()).isEqualTo(3);
    }

    @Test
    void carriesACardInTwoLanguagesThatSaysWhatWasMeasured() throws IOException {
        String card = Files.readString(target.resolve("README.md"));
        JsonNode front = yaml(card.substring(4, card.indexOf("\n---\n")));

        assertThat(front.path("pipeline_tag").asString()).isEqualTo("text-classification");
        assertThat(front.at("/language/0").asString()).isEqualTo("en");
        assertThat(front.at("/model-index/0/results/0/metrics/0/value").asDouble())
                .isEqualTo(0.9);
        assertThat(card)
                .contains("| accuracy | 0.9000 | 0.8500 – 0.9400 | 120 |")
                .contains("## 中文")
                .contains("`delivery`");
    }

    @Test
    void refusesAFileThatWasChangedIsMissingOrNobodyKnows() throws IOException {
        Files.writeString(target.resolve("notes.txt"), "hello");
        assertRefused("model.corrupt", "notes.txt");
        Files.delete(target.resolve("notes.txt"));

        Files.writeString(target.resolve("config.json"), "{}");
        assertRefused("model.corrupt", "config.json: The file was changed");
        Files.delete(target.resolve("config.json"));
        assertRefused("model.corrupt", "config.json: The file is missing");
    }

    @Test
    void refusesPicklesOfEveryProtocolAndInsideArchives() throws IOException {
        byte[] second = {(byte) 0x80, 2, 'c', 'o', 's', '\n', 's', 'y', 's', 't', 'e', 'm', '\n', '.'};
        Map<String, byte[]> canaries = Map.of(
                "pytorch_model.bin", second,
                "old.txt", "(cos\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.UTF_8),
                "model.pt", aZip("archive/data.pkl", new byte[] {1}),
                "arrays.npz", aZip("a.npy", "\u0093NUMPY\1\0v\0{'descr': '|O'".getBytes(StandardCharsets.ISO_8859_1)),
                "java.dat", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's'});
        for (Map.Entry<String, byte[]> canary : canaries.entrySet()) {
            Path file = Files.write(target.resolve(canary.getKey()), canary.getValue());
            assertRefused("model.pickle_refused", canary.getKey());
            Files.delete(file);
        }
        ModelPackage.open(target);
    }

    @Test
    void refusesLinksThatLeaveAndFoldersInside() throws IOException {
        Path outside = Files.writeString(folder.resolve("secret"), "x");
        Path link = Files.createSymbolicLink(target.resolve("link.json"), outside);
        assertRefused("model.corrupt", "leaves the package");
        Files.delete(link);
        Files.createDirectory(target.resolve("sub"));
        assertRefused("model.corrupt", "this folder");
    }

    @Test
    void refusesAManifestOfALaterFormatAndOneThatNamesFilesElsewhere() throws IOException {
        Path file = target.resolve("sampan.json");
        String manifest = Files.readString(file);
        Files.writeString(file, manifest.replace("\"format\" : 1", "\"format\" : 2"));
        assertRefused("model.newer_format", "format 2");
        Files.writeString(file, manifest.replace("\"config.json\"", "\"../config.json\""));
        assertRefused("model.corrupt", "config.json");
        Files.writeString(file, "{\"format\":1}");
        assertRefused("model.corrupt", "manifest");
        Files.delete(file);
        assertRefused("model.missing", "no sampan.json");
    }

    @Test
    void refusesGraphsThatReachOutsideNestOrGrow() throws IOException {
        assertGraphRefused("another file", model -> {
            model.getGraphBuilder()
                    .getInitializerBuilder(0)
                    .setDataLocation(DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("/etc/passwd"));
            return model;
        });
        assertGraphRefused("domain", model -> {
            model.getGraphBuilder().getNodeBuilder(0).setDomain("my.ops");
            return model;
        });
        assertGraphRefused("another graph", model -> {
            model.getGraphBuilder()
                    .getNodeBuilder(0)
                    .addAttributeBuilder()
                    .setName("body")
                    .getGBuilder()
                    .setName("x");
            return model;
        });
        assertGraphRefused("'probabilities'", model -> {
            model.getGraphBuilder().removeOutput(1);
            return model;
        });
        assertGraphRefused("than its shape says", model -> {
            model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1_000_000);
            return model;
        });
        assertGraphRefused("makes 1000000000000 elements", model -> {
            model.getGraphBuilder()
                    .addInitializerBuilder()
                    .setName("size")
                    .setDataType(7)
                    .addDims(2)
                    .addInt64Data(1_000_000)
                    .addInt64Data(1_000_000);
            model.getGraphBuilder()
                    .addNodeBuilder()
                    .setOpType("ConstantOfShape")
                    .addInput("size")
                    .addOutput("giant");
            return model;
        });
    }

    private void assertGraphRefused(String why, UnaryOperator<ModelProto.Builder> change) throws IOException {
        ModelPackage source = ModelPackage.open(target);
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(source.onnx())).toBuilder();
        try (PackageDraft draft = PackageDraft.copyOf(source, folder.resolve("bad"), false)) {
            draft.write("model.onnx", change.apply(model).build().toByteArray());
            assertProblem(() -> draft.commit(source.manifest()), "model.unsafe_onnx", why);
        }
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    private void assertRefused(String code, String part) {
        assertProblem(() -> ModelPackage.open(target), code, part);
    }

    private static void assertProblem(ThrowingCallable call, String code, String part) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            Problem problem = e.problems().getFirst();
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).contains(part);
        });
    }

    private static JsonNode yaml(String text) {
        return Json.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static byte[] aZip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : List.of("harmless.txt", name)) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.equals(name) ? content : new byte[] {'h', 'i'});
            }
        }
        return bytes.toByteArray();
    }
}
