package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Fits the linear head. With the specification's default `weight_decay` a few strengths of the penalty are tried
/// from the strongest down, each starting where the one before ended, and validation chooses; two in a row that
/// are no better end the search, for weaker ones would only fit the training rows closer. Any other
/// `weight_decay` is taken as it is. With the strength chosen the head is fitted once more on training and
/// validation rows together: validation has then said all it had to say, and its rows teach more than they would
/// lying idle. A trial leaves that out, for it is judged by those rows.
final class HeadTraining {
    /// The specification's default, which stands for "choose".
    static final double CHOOSE = 1e-4;

    private static final double[] STRENGTHS = {1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7};

    private static final int WORSE_MAX = 2;

    private final VectorStore train;
    private final @Nullable VectorStore validation;
    private final TrainSpec spec;
    private final boolean learnsFromValidation;
    private final Lanes lanes;
    private final Audience audience;

    /// What was found.
    ///
    /// @param judged the head that the scores are of, fitted on the training rows alone
    /// @param lambda chosen
    /// @param scores on the validation rows, before those were learnt from too; null without any
    /// @param tried number of the best of the history, counted from 1
    record Result(
            LinearHead head,
            LinearHead judged,
            double lambda,
            @Nullable Scores scores,
            int tried,
            List<Map<String, Double>> history) {}

    HeadTraining(Vectors vectors, TrainingJob job, Lanes lanes, Audience audience) {
        this(vectors, job.spec().train(), job.learnsFromValidation(), lanes, audience);
    }

    /// @param learnsFromValidation once it has chosen
    HeadTraining(Vectors vectors, TrainSpec spec, boolean learnsFromValidation, Lanes lanes, Audience audience) {
        train = vectors.train();
        validation = vectors.validation();
        this.spec = spec;
        this.learnsFromValidation = learnsFromValidation;
        this.lanes = lanes;
        this.audience = audience;
    }

    /// For who wants to know the penalty alone.
    static HeadTraining choosing(Vectors vectors, TrainSpec spec, Lanes lanes) {
        return new HeadTraining(vectors, spec.withWeightDecay(CHOOSE), false, lanes, Audience.NONE);
    }

    Result run(int labels) {
        double[] strengths =
                validation == null || spec.weightDecay() != CHOOSE ? new double[] {spec.weightDecay()} : STRENGTHS;
        List<Map<String, Double>> history = new ArrayList<>();
        LinearHead head = LinearHead.zero(labels, train.dimension());
        LinearHead bestHead = head;
        Scores best = null;
        int bestAt = 0;
        for (double lambda : strengths) {
            tell(history.size(), strengths.length + 1);
            head = head.fit(List.of(train), lambda, lanes);
            Scores scores = validation == null ? null : head.judge(validation, lanes);
            history.add(figures(head, lambda, scores));
            audience.metrics().epoch(history.size(), history.getLast());
            if (best == null || (scores != null && scores.betterThan(best, spec.metricForBest()))) {
                best = scores;
                bestAt = history.size();
                bestHead = head;
            } else if (history.size() - bestAt == WORSE_MAX) {
                break;
            }
        }
        double chosen = strengths[bestAt - 1];
        LinearHead judged = bestHead;
        if (validation != null && learnsFromValidation) {
            tell(strengths.length, strengths.length + 1);
            bestHead = bestHead.fit(List.of(train, validation), chosen, lanes);
        }
        tell(strengths.length + 1, strengths.length + 1);
        return new Result(bestHead, judged, chosen, best, bestAt, history);
    }

    private Map<String, Double> figures(LinearHead head, double lambda, @Nullable Scores scores) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("weight_decay", lambda);
        figures.put("train_loss", head.judge(train, lanes).loss());
        if (scores != null) {
            figures.put("validation_loss", scores.loss());
            figures.put("validation_f1_macro", scores.f1Macro());
            figures.put("validation_accuracy", scores.accuracy());
        }
        return figures;
    }

    private void tell(int done, int total) {
        Progress progress = audience.progress();
        if (progress.cancelled()) {
            throw new CancellationException("training was cancelled");
        }
        progress.at("train", done, total, done == total ? "" : "penalty " + (done + 1) + "/" + total);
    }
}
