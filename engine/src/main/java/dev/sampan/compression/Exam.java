package dev.sampan.compression;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The held-out rows as the judge of a model before and after.
record Exam(HeldOut heldOut, EvaluateSpec spec) {
    private static final int TIMED_INPUTS = 64;
    private static final double CONFIDENCE = 0.95;

    static Exam of(HeldOut heldOut, Manifest manifest) {
        return new Exam(heldOut, new EvaluateSpec(confidence(manifest), List.of()));
    }

    Report report(ModelPackage model, Runtime runtime, Progress progress) {
        try (RowReader rows = heldOut.rows().get()) {
            return Evaluator.judge(model, runtime, rows, heldOut.labelColumn(), spec, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first rows, to be timed.
    List<Map<String, String>> inputs() {
        try (RowReader rows = heldOut.rows().get()) {
            List<String> columns = rows.columns();
            List<Map<String, String>> inputs = new ArrayList<>();
            for (Row row = rows.next(); row != null && inputs.size() < TIMED_INPUTS; row = rows.next()) {
                Map<String, String> input = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    input.put(columns.get(i), row.values().get(i));
                }
                input.remove(heldOut.labelColumn());
                inputs.add(input);
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double confidence(Manifest manifest) {
        return manifest.spec().get("evaluate") instanceof Map<?, ?> block
                        && block.get("confidence") instanceof Number level
                ? level.doubleValue()
                : CONFIDENCE;
    }
}
