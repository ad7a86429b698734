package dev.sampan.testing;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.data.Provenance;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A whole model package made by hand: no training, no data, a few kilobytes, and answers that can be foretold. Each
/// known word votes for one label; a text's logits are four times the mean of its words' votes.
public final class ModelFixtures {
    public static final List<String> LABELS = List.of("delivery", "invoice", "refund");
    public static final String COLUMN = "question";

    /// Words of the labels in turn: the first votes for `delivery`, the second for `invoice`, the third for `refund`.
    public static final List<String> WORDS = List.of(
            "parcel", "invoice", "refund", "late", "tax", "money", "courier", "receipt", "back", "where", "company",
            "return");

    private static final float STRENGTH = 4;

    private ModelFixtures() {}

    /// A package in `folder`, which must not exist: `where is my parcel` is `delivery`.
    public static ModelPackage aTinyPackage(Path folder) {
        return aTinyPackage(folder, LABELS, WORDS);
    }

    /// The same, made from a specification.
    ///
    /// @param folder beside which another is made
    public static ModelPackage aTinyPackage(Path folder, Map<String, Object> spec) {
        ModelPackage tiny = aTinyPackage(folder.resolveSibling(folder.getFileName() + ".tiny"));
        Manifest old = tiny.manifest();
        try (PackageDraft draft = PackageDraft.copyOf(tiny, folder, false)) {
            return draft.commit(new Manifest(
                    old.name(),
                    old.architecture(),
                    old.createdAt(),
                    spec,
                    old.dataset(),
                    old.provenance(),
                    old.labelCounts(),
                    old.training(),
                    old.licences(),
                    old.results(),
                    old.files()));
        }
    }

    /// @param labels two or more
    /// @param words each votes for the label at its position modulo the number of labels
    public static ModelPackage aTinyPackage(Path folder, List<String> labels, List<String> words) {
        float[] votes = votes(labels.size(), words.size());
        long[] shape = {words.size() + 2, labels.size()};
        try (PackageDraft draft = PackageDraft.create(folder, false)) {
            new TokenFeatures(List.of(COLUMN), labels, List.of(), ModelSpec.Tokenizer.WORDS, words, 16)
                    .write(draft.folder());
            draft.write("model.onnx", aTinyGraph(labels.size(), votes).toModel().toByteArray());
            Safetensors.write(
                    draft.file("model.safetensors"), Map.of("votes", new Tensor(shape, votes)), Map.of("format", "pt"));
            draft.write("config.json", "{\"model_type\":\"votes\"}\n".getBytes(StandardCharsets.UTF_8));
            return draft.commit(aManifest(labels));
        }
    }

    /// `(batch, sequence)` ids and mask → `(batch, labels)` logits and probabilities.
    ///
    /// @param votes (vocabulary, labels)
    public static OnnxGraph aTinyGraph(int labels, float[] votes) {
        OnnxGraph graph = new OnnxGraph("votes");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String table = graph.floats("votes", new long[] {votes.length / labels, labels}, votes);
        String weights = graph.node("Cast", List.of(mask), attribute("to", ElementType.FLOAT.code()));
        String column = graph.node("Unsqueeze", List.of(weights, graph.longs("two", new long[] {1}, 2)));
        String masked = graph.node("Mul", List.of(graph.node("Gather", List.of(table, ids)), column));
        String axis = graph.longs("one", new long[] {1}, 1);
        String sum = graph.node("ReduceSum", List.of(masked, axis), attribute("keepdims", 0));
        String count = graph.node("ReduceSum", List.of(column, axis), attribute("keepdims", 0));
        graph.node("Div", List.of(sum, count), List.of("logits"));
        graph.node("Softmax", List.of("logits"), List.of("probabilities"), attribute("axis", 1));
        graph.output("logits", ElementType.FLOAT, "batch", Integer.toString(labels));
        graph.output("probabilities", ElementType.FLOAT, "batch", Integer.toString(labels));
        return graph;
    }

    /// What training would say of it.
    public static Manifest aManifest(List<String> labels) {
        Sha256 content = Sha256.of("tiny");
        Map<String, Long> counts = new TreeMap<>();
        labels.forEach(label -> counts.put(label, 10L + counts.size()));
        Map<String, Object> report = Json.read("""
                {"confidence":0.95,"metrics":{"accuracy":{"value":0.9,"low":0.85,"high":0.94,"n":120},
                 "f1_macro":{"value":0.88,"low":0.82,"high":0.93,"n":120}}}""", JsonMap.class);
        return new Manifest(
                "tiny-helpdesk",
                "bilstm",
                "2026-01-02T03:04:05Z",
                Map.of("version", 1, "name", "tiny-helpdesk", "task", "text_classification"),
                content,
                new Provenance(List.of(new Provenance.SourceFile("questions.csv", 1234, content, "UTF-8", 120))),
                counts,
                Map.of("seed", 42, "epochs", 1),
                List.of(),
                Map.of("report", report),
                Map.of());
    }

    /// Row 0 is padding and row 1 an unknown word: neither votes.
    private static float[] votes(int labels, int words) {
        float[] votes = new float[(words + 2) * labels];
        for (int word = 0; word < words; word++) {
            votes[(word + 2) * labels + word % labels] = STRENGTH;
        }
        return votes;
    }

    /// So that a JSON object can be read as a map with its type.
    private static final class JsonMap extends TreeMap<String, Object> {
        private static final long serialVersionUID = 1;
    }
}
