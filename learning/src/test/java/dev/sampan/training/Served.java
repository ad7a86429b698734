package dev.sampan.training;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a package answers through the runtime that serves it.
final class Served {
    private Served() {}

    /// On the validation rows.
    static double accuracy(ModelPackage model, Dataset dataset) throws IOException {
        List<Map<String, String>> inputs = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        try (RowReader rows = Datasets.rows(dataset, Split.VALIDATION)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                inputs.add(Map.of("text", row.values().get(0)));
                truths.add(row.values().get(1));
            }
        }
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            List<Prediction> answers = runtime.predict(inputs);
            int right = 0;
            for (int i = 0; i < truths.size(); i++) {
                right += answers.get(i).category().label().equals(truths.get(i)) ? 1 : 0;
            }
            return (double) right / truths.size();
        }
    }
}
