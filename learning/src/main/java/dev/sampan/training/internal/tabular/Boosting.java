package dev.sampan.training.internal.tabular;

import dev.sampan.data.Target;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Trees;
import dev.sampan.spec.ModelSpec.Xgboost;
import dev.sampan.training.loop.Audience;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/// Grows trees. How many rounds are best is read off rows that the trees have not seen: of many rows, the
/// validation rows; of few, on which that would be a guess, all rows in five folds, whose boosters grow side by
/// side and are judged together. What was found on folds is then grown once more from all rows. In a trial the
/// validation rows decide, however few they are, as they do for networks, and are not grown from.
final class Boosting {
    /// Up to so many rows the folds decide.
    private static final int FEW = 10_000;

    private static final int FOLDS = 5;

    /// Of fewer, threads wait for each other longer than they work.
    private static final int ROWS_OF_A_THREAD = 20_000;

    private static final String SEEN = "loss";

    private final Xgboost model;
    private final Target target;
    private final long seed;
    private final int threads;
    private final Audience audience;

    Boosting(Xgboost model, Target target, long seed, int threads, Audience audience) {
        this.model = model;
        this.target = target;
        this.seed = seed;
        this.threads = threads;
        this.audience = audience;
    }

    /// @param rounds that were best
    /// @param loss on the rows they were chosen by: mean log loss in nats, or root mean squared error
    /// @param again whether these are, or in a trial would be, trees of training and validation rows together
    record Grown(Trees trees, int rounds, double loss, boolean again, String chosenBy) {}

    /// One booster and the rows it is judged by.
    private record Growing(Booster booster, DMatrix train, DMatrix held) {}

    /// Trees to be used.
    Grown grow(EncodedTable train, @Nullable EncodedTable validation) {
        try {
            return validation != null && many(train, validation)
                    ? byValidation(train, validation)
                    : onAll(validation == null ? train : train.and(validation));
        } catch (XGBoostError e) {
            throw failed(e);
        }
    }

    /// Trees of the training rows alone, to be judged by the validation rows.
    Grown tried(EncodedTable train, @Nullable EncodedTable validation) {
        try {
            return validation == null ? onAll(train) : byValidation(train, validation);
        } catch (XGBoostError e) {
            throw failed(e);
        }
    }

    private static boolean many(EncodedTable train, EncodedTable validation) {
        return train.rows() + validation.rows() > FEW;
    }

    private Grown onAll(EncodedTable all) throws XGBoostError {
        Best best = byFolds(all);
        return new Grown(grown(all, best.rounds), best.rounds, best.loss, true, FOLDS + " folds");
    }

    private static ProblemException failed(XGBoostError e) {
        return new ProblemException(
                Problem.of("training.failed", "XGBoost cannot grow the trees: " + firstLine(e))
                        .at("model"),
                e);
    }

    private record Best(int rounds, double loss) {}

    private Grown byValidation(EncodedTable train, EncodedTable validation) throws XGBoostError {
        DMatrix rows = matrix(train);
        DMatrix held = matrix(validation);
        Booster booster = booster(rows, held);
        try {
            Best best = best(List.of(new Growing(booster, rows, held)));
            Trees trees = trees(booster, best.rounds, train.width());
            return new Grown(trees, best.rounds, best.loss, !many(train, validation), "validation");
        } finally {
            booster.dispose();
            rows.dispose();
            held.dispose();
        }
    }

    private Best byFolds(EncodedTable all) throws XGBoostError {
        List<Growing> folds = new ArrayList<>();
        try {
            int[] fold = folds(all.rows());
            for (int f = 0; f < FOLDS; f++) {
                int[] inside = rows(fold, f, false);
                int[] outside = rows(fold, f, true);
                if (outside.length == 0 || inside.length == 0) {
                    continue;
                }
                DMatrix train = matrix(all.select(inside));
                DMatrix held = matrix(all.select(outside));
                folds.add(new Growing(booster(train, held), train, held));
            }
            return folds.isEmpty() ? new Best(1, 0) : best(folds);
        } finally {
            folds.forEach(Boosting::free);
        }
    }

    private Trees grown(EncodedTable all, int rounds) throws XGBoostError {
        DMatrix rows = matrix(all);
        Booster booster = booster(rows, null);
        try {
            for (int round = 0; round < rounds; round++) {
                booster.update(rows, round);
                goOn(round, rounds, "");
            }
            return trees(booster, rounds, all.width());
        } finally {
            booster.dispose();
            rows.dispose();
        }
    }

    /// Grows all of them until their mean loss has not become less for some rounds.
    private Best best(List<Growing> all) throws XGBoostError {
        Best best = new Best(0, Double.POSITIVE_INFINITY);
        for (int round = 1; round <= model.estimators() && round - best.rounds <= model.patience(); round++) {
            double sum = 0;
            for (Growing one : all) {
                one.booster.update(one.train, round - 1);
                sum += loss(one.booster.evalSet(new DMatrix[] {one.held}, new String[] {SEEN}, round));
            }
            double loss = sum / all.size();
            if (loss < best.loss) {
                best = new Best(round, loss);
            }
            audience.metrics().epoch(round, Map.of("validation_loss", loss));
            goOn(
                    round,
                    model.estimators(),
                    String.format(Locale.ROOT, "loss %.4f at round %d", best.loss, best.rounds));
        }
        if (best.rounds == 0) {
            throw new ProblemException(Problem.of("training.diverged", "The loss is no number from the first round on")
                    .at("model.learning_rate")
                    .remedy("Look for numbers beyond 1e38 in the rows"));
        }
        return best;
    }

    private void goOn(int round, int rounds, String note) {
        audience.progress().at("train", round, rounds, note);
        if (audience.progress().cancelled()) {
            throw new CancellationException();
        }
    }

    /// Of `[12]<tab>loss-logloss:0.3`.
    private static double loss(String said) {
        return Double.parseDouble(said.substring(said.lastIndexOf(':') + 1).strip());
    }

    private Booster booster(DMatrix rows, @Nullable DMatrix held) throws XGBoostError {
        Map<String, DMatrix> watched = held == null ? Map.of() : Map.of("held", held);
        return XGBoost.train(rows, parameters(rows.rowNum()), 0, new HashMap<>(watched), null, null);
    }

    private Map<String, Object> parameters(long rows) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        int labels = target.labels().size();
        parameters.put(
                "objective", labels == 0 ? "reg:squarederror" : labels == 2 ? "binary:logistic" : "multi:softprob");
        parameters.put("eval_metric", labels == 0 ? "rmse" : labels == 2 ? "logloss" : "mlogloss");
        if (labels > 2) {
            parameters.put("num_class", labels);
        }
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", model.maxDepth());
        parameters.put("eta", model.learningRate());
        parameters.put("subsample", model.subsample());
        parameters.put("colsample_bytree", model.columnShare());
        parameters.put("min_child_weight", model.minChildWeight());
        parameters.put("gamma", model.gamma());
        parameters.put("lambda", model.lambda());
        parameters.put("alpha", model.alpha());
        parameters.put("seed", (int) (seed & Integer.MAX_VALUE));
        parameters.put("nthread", rows > ROWS_OF_A_THREAD ? threads : 1);
        parameters.put("verbosity", 0);
        return parameters;
    }

    private Trees trees(Booster booster, int rounds, int features) throws XGBoostError {
        int labels = target.labels().size();
        return TreeJson.of(booster.toByteArray("json"), rounds, labels > 2 ? labels : 1, features);
    }

    static DMatrix matrix(EncodedTable table) throws XGBoostError {
        DMatrix matrix = new DMatrix(table.numbers(), table.rows(), table.width(), Float.NaN);
        matrix.setLabel(table.answers());
        return matrix;
    }

    /// The fold of each row, as many rows in each.
    private int[] folds(int rows) {
        int[] fold = new int[rows];
        for (int i = 0; i < rows; i++) {
            fold[i] = i % FOLDS;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = fold[i];
            fold[i] = fold[j];
            fold[j] = swapped;
        }
        return fold;
    }

    private static int[] rows(int[] fold, int which, boolean inside) {
        return IntStream.range(0, fold.length)
                .filter(row -> (fold[row] == which) == inside)
                .toArray();
    }

    private static void free(Growing one) {
        one.booster.dispose();
        one.train.dispose();
        one.held.dispose();
    }

    private static String firstLine(XGBoostError e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
