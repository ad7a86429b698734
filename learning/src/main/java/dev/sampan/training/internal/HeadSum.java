package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.training.loop.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Two heads that were fitted apart, one on n-grams and one on an encoder's vectors, their logits added up. Fitted
/// together, the many n-grams explain the training rows before the vectors have their say; apart, each says what it
/// knows, and mistakes of one kind are outvoted by the other (Wang and Manning 2012 average in the same spirit). How
/// much the vectors say is chosen on validation rows.
final class HeadSum {
    private static final float[] SHARES = {0.25f, 0.5f, 1};

    private HeadSum() {}

    /// @param grams of n-grams alone
    /// @param vectors of vectors alone
    /// @param validation n-grams and vectors of the validation rows, the factor 1
    static GramTraining.Result of(
            GramTraining.Result grams,
            HeadTraining.Result vectors,
            GramRows validation,
            BestMetric metric,
            Lanes lanes) {
        List<Map<String, Double>> history = new ArrayList<>();
        Scores best = null;
        float chosen = 0;
        int number = 0;
        for (float share : SHARES) {
            Scores scores = grams.judged().plus(vectors.judged(), share).judge(validation, lanes);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("vector_share", (double) share);
            figures.put("validation_loss", scores.loss());
            figures.put("validation_f1_macro", scores.f1Macro());
            figures.put("validation_accuracy", scores.accuracy());
            history.add(figures);
            if (best == null || scores.betterThan(best, metric)) {
                best = scores;
                chosen = share;
                number = history.size();
            }
        }
        return new GramTraining.Result(
                grams.head().plus(vectors.head(), chosen),
                grams.judged().plus(vectors.judged(), chosen),
                grams.lambda(),
                1,
                Objects.requireNonNull(best),
                number,
                history);
    }
}
