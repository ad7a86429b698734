package dev.sampan.training.internal.tabular;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Test rows with what a package answers to them.
record Answered(List<Map<String, String>> inputs, List<String> truths, List<Prediction> answers) {
    static Answered of(ModelPackage model, Dataset dataset) throws IOException {
        List<Map<String, String>> inputs = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        try (RowReader rows = Datasets.rows(dataset, Split.TEST)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                Map<String, String> input = new HashMap<>();
                for (int i = 0; i < dataset.inputs().size(); i++) {
                    input.put(dataset.inputs().get(i), row.values().get(i));
                }
                inputs.add(input);
                truths.add(row.values().get(dataset.inputs().size()));
            }
        }
        try (Runtime runtime = Runtimes.open(model, 1, 16)) {
            return new Answered(inputs, truths, runtime.predict(inputs));
        }
    }

    double accuracy() {
        int right = 0;
        for (int i = 0; i < truths.size(); i++) {
            right += answers.get(i).category().label().equals(truths.get(i)) ? 1 : 0;
        }
        return (double) right / truths.size();
    }

    double rootMeanSquaredError() {
        double sum = 0;
        for (int i = 0; i < truths.size(); i++) {
            double error = ((Prediction.Quantity) answers.get(i)).value() - Double.parseDouble(truths.get(i));
            sum += error * error;
        }
        return Math.sqrt(sum / truths.size());
    }

    /// What the package's graph answers in ONNX Runtime.
    static float[] graph(ModelPackage model, List<Map<String, String>> inputs, String output) throws OrtException {
        NamedTensors tensors = model.features().encode(inputs);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession session = environment.createSession(model.onnx().toString())) {
            for (Map.Entry<String, NamedTensors.Values> entry :
                    tensors.tensors().entrySet()) {
                feeds.put(
                        entry.getKey(),
                        switch (entry.getValue()) {
                            case Floats(float[] floats, long[] shape) ->
                                OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
                            case Longs(long[] longs, long[] shape) ->
                                OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
                        });
            }
            try (OrtSession.Result result = session.run(feeds)) {
                FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] read = new float[values.remaining()];
                values.get(read);
                return read;
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }
}
