package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.JsonBytes;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The answer of `POST /v1/predict/{model}`.
///
/// @param labels in the order of every prediction's scores
record PredictAnswer(Ulid id, String model, List<String> labels, List<Prediction> predictions, long units) {
    byte[] bytes() {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("id", id.toString());
            json.writeStringProperty("object", "prediction.list");
            json.writeStringProperty("model", model);
            json.writeArrayPropertyStart("predictions");
            predictions.forEach(prediction -> write(json, prediction));
            json.writeEndArray();
            json.writeObjectPropertyStart("usage");
            json.writeNumberProperty("units", units);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, Prediction prediction) {
        if (!(prediction instanceof Prediction.Category category)) {
            json.writePOJO(prediction.toTree(labels));
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("label", category.label());
        json.writeNumberProperty("score", category.score());
        json.writeObjectPropertyStart("scores");
        for (int i = 0; i < labels.size(); i++) {
            json.writeNumberProperty(labels.get(i), category.scores()[i]);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
