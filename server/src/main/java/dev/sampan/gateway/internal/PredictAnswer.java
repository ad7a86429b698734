package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.JsonBytes;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import java.util.List;

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
            predictions.forEach(prediction -> json.writePOJO(prediction.toTree(labels)));
            json.writeEndArray();
            json.writeObjectPropertyStart("usage");
            json.writeNumberProperty("units", units);
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
