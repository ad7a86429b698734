package dev.sampan.network.families;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns the configuration of a BERT into that of a classifier with other labels.
final class Classifiers {
    /// Architecture of a head that reads another vector than the reference's pooler makes.
    static final String OWN = "EncoderForSequenceClassification";

    private static final String REFERENCE = "BertForSequenceClassification";

    private Classifiers() {}

    /// @param pooling `pooler`, `cls` or `mean`
    /// @throws ProblemException `model.no_encoder` for another family
    static ObjectNode config(ObjectNode given, String pooling, List<String> labels, String place) {
        if (!given.path("model_type").asString("").equals("bert")) {
            throw new ProblemException(Problem.of(
                            "model.no_encoder",
                            "A " + given.path("model_type") + " is no encoder that this version puts a head on.")
                    .at(place)
                    .remedy("Name a folder with a BERT."));
        }
        ObjectNode config = given.deepCopy();
        config.remove("num_labels");
        config.put("problem_type", "single_label_classification");
        config.putArray("architectures").add(pooling.equals("pooler") ? REFERENCE : OWN);
        if (!pooling.equals("pooler")) {
            config.put("pooling", pooling);
        }
        ObjectNode names = config.putObject("id2label");
        ObjectNode ids = config.putObject("label2id");
        for (int i = 0; i < labels.size(); i++) {
            names.put(Integer.toString(i), labels.get(i));
            ids.put(labels.get(i), i);
        }
        return config;
    }

    /// What a folder's vectors are made of: as its sentence-transformers settings say; else the pooler where there is
    /// one; else the mean.
    static String pooling(Path folder, WeightFiles files) {
        Path settings = folder.resolve("1_Pooling").resolve("config.json");
        if (Files.isRegularFile(settings)) {
            try {
                JsonNode said = Json.read(Files.readString(settings), JsonNode.class);
                return said.path("pooling_mode_cls_token").asBoolean(false) ? "cls" : "mean";
            } catch (IOException e) {
                throw new UncheckedIOException(settings.toString(), e);
            }
        }
        return files.has("pooler.dense.weight", "bert.") ? "pooler" : "mean";
    }
}
