package dev.sampan.compression;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The held-out rows as the judge of a model before and after.
///
/// @param majority the most frequent training label, of equals the first in the alphabet
record Exam(HeldOut heldOut, String majority, EvaluateSpec spec) {
    private static final int TIMED_INPUTS = 64;
    private static final double CONFIDENCE = 0.95;

    static Exam of(HeldOut heldOut, Manifest manifest) {
        String majority = manifest.labelCounts().entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalArgumentException("a manifest without label counts"));
        return new Exam(heldOut, majority, new EvaluateSpec(confidence(manifest), List.of()));
    }

    Report report(Runtime runtime, Progress progress) {
        try (RowReader rows = heldOut.rows().get()) {
            return Evaluator.evaluate(runtime, rows, heldOut.labelColumn(), majority, spec, progress);
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
