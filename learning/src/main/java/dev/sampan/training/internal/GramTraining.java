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

/// Fits a [GramHead]. As for the head of an encoder alone ([HeadTraining]), the default `weight_decay` stands for
/// "choose": strengths of the penalty λ = 1 / (C n) are tried from the strongest down and validation chooses;
/// beside an encoder it then chooses how much the sentence vectors say against the n-grams. With what was chosen
/// the head is fitted once more on training and validation rows together, in a trial excepted.
final class GramTraining {
    private static final double[] INVERSES = {1, 3, 10, 30, 100}; // C
    private static final double UNVALIDATED = 10;
    private static final float FIRST_FACTOR = 2;
    private static final float[] OTHER_FACTORS = {1, 4};
    private static final int WORSE_MAX = 2;

    private final GramStores grams;
    private final @Nullable Vectors vectors;
    private final TrainSpec spec;
    private final boolean learnsFromValidation;
    private final Lanes lanes;
    private final Audience audience;
    private final List<Map<String, Double>> history = new ArrayList<>();
    private @Nullable Trial best;

    /// What was found.
    ///
    /// @param judged the head that the scores are of, fitted on the training rows alone
    /// @param lambda chosen
    /// @param factor on the vectors
    /// @param scores on the validation rows, before those were learnt from too; null without any
    /// @param tried number of the best of the history, counted from 1
    record Result(
            GramHead head,
            GramHead judged,
            double lambda,
            float factor,
            @Nullable Scores scores,
            int tried,
            List<Map<String, Double>> history) {}

    /// One try.
    private record Trial(
            GramHead head,
            double inverse,
            float factor,
            @Nullable Scores scores,
            int number) {}

    /// @param vectors of the same rows, computed by the encoder beside; null without one
    GramTraining(GramStores grams, @Nullable Vectors vectors, TrainingJob job, Lanes lanes, Audience audience) {
        this.grams = grams;
        this.vectors = vectors;
        this.spec = job.spec().train();
        this.learnsFromValidation = job.learnsFromValidation();
        this.lanes = lanes;
        this.audience = audience;
    }

    /// @param size n-grams there are
    Result run(int labels, int size) {
        Trial chosen = searched(labels, size);
        double lambda = lambda(chosen.inverse(), grams.train().rows());
        GramHead head = chosen.head();
        GramStore validation = grams.validation();
        if (validation != null && learnsFromValidation) {
            tell(INVERSES.length + OTHER_FACTORS.length);
            head = new GramHead.Search(rows(chosen.factor(), true), labels, size)
                    .fit(lambda(chosen.inverse(), grams.train().rows() + validation.rows()), spec.seed());
        }
        tell(total());
        return new Result(
                head, chosen.head(), lambda, chosen.factor(), chosen.scores(), chosen.number(), List.copyOf(history));
    }

    private Trial searched(int labels, int size) {
        boolean choose = spec.weightDecay() == HeadTraining.CHOOSE;
        GramHead.Search search = new GramHead.Search(rows(FIRST_FACTOR, false), labels, size);
        if (!choose || grams.validation() == null) {
            double inverse = choose
                    ? UNVALIDATED
                    : 1 / (Math.max(1e-12, spec.weightDecay()) * grams.train().rows());
            return tried(search, inverse, FIRST_FACTOR);
        }
        for (double inverse : INVERSES) {
            tried(search, inverse, FIRST_FACTOR);
            if (history.size() - best().number() == WORSE_MAX) {
                break;
            }
        }
        if (vectors != null) {
            double inverse = best().inverse();
            for (float factor : OTHER_FACTORS) {
                tried(new GramHead.Search(rows(factor, false), labels, size), inverse, factor);
            }
        }
        return best();
    }

    private Trial tried(GramHead.Search search, double inverse, float factor) {
        tell(history.size());
        double lambda = lambda(inverse, grams.train().rows());
        GramHead head = search.fit(lambda, spec.seed());
        GramStore validation = grams.validation();
        Scores scores = validation == null ? null : head.judge(validationRows(validation, factor), lanes);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("weight_decay", lambda);
        if (vectors != null) {
            figures.put("vector_factor", (double) factor);
        }
        figures.put("train_loss", head.judge(rows(factor, false), lanes).loss());
        if (scores != null) {
            figures.put("validation_loss", scores.loss());
            figures.put("validation_f1_macro", scores.f1Macro());
            figures.put("validation_accuracy", scores.accuracy());
        }
        history.add(figures);
        audience.metrics().epoch(history.size(), figures);
        Trial trial = new Trial(head, inverse, factor, scores, history.size());
        Scores before = best == null ? null : best.scores();
        if (before == null || (scores != null && scores.betterThan(before, spec.metricForBest()))) {
            best = trial;
        }
        return trial;
    }

    private Trial best() {
        Trial found = best;
        if (found == null) {
            throw new IllegalStateException("nothing was tried");
        }
        return found;
    }

    private static double lambda(double inverse, int rows) {
        return 1 / (inverse * rows);
    }

    private GramRows rows(float factor, boolean all) {
        List<GramStore> stores = new ArrayList<>(List.of(grams.train()));
        List<VectorStore> dense = new ArrayList<>(vectors == null ? List.of() : List.of(vectors.train()));
        if (all && grams.validation() != null) {
            stores.add(grams.validation());
            if (vectors != null && vectors.validation() != null) {
                dense.add(vectors.validation());
            }
        }
        return new GramRows(stores, vectors == null ? null : dense, factor);
    }

    private GramRows validationRows(GramStore validation, float factor) {
        VectorStore dense = vectors == null ? null : vectors.validation();
        return new GramRows(List.of(validation), dense == null ? null : List.of(dense), factor);
    }

    private int total() {
        return INVERSES.length + (vectors == null ? 0 : OTHER_FACTORS.length) + 1;
    }

    private void tell(int done) {
        Progress progress = audience.progress();
        if (progress.cancelled()) {
            throw new CancellationException("training was cancelled");
        }
        progress.at("train", Math.min(done, total()), total(), done == total() ? "" : "n-grams, fit " + (done + 1));
    }
}
