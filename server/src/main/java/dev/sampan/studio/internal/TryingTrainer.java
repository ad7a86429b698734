package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.search.Leaderboard;
import dev.sampan.search.Move;
import dev.sampan.search.Trial;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Trains once; or, with block `search` or `model: auto`, one trial after another, of which the best is the
/// result, with the leaderboard in its manifest. Each trial is a training in a process of its own that learns
/// from training rows alone, since validation rows judge it; what the best one left out for that, or paused
/// before, is done in the end. The leaderboard lies in the work folder, written after each trial: a search that
/// was stopped goes on with the trial it was at, and that one from its checkpoint, as does a trial that goes up a
/// rung.
public final class TryingTrainer implements Trainer {
    /// So many failures and not one success: then it is not the values.
    private static final int FAILURES_MAX = 3;

    private final Trainer once;
    private final Judge judge;

    public TryingTrainer(Trainer once, Judge judge) {
        this.once = once;
        this.judge = judge;
    }

    /// How good a package is on the validation rows.
    public interface Judge {
        /// @throws ProblemException also when it has no such metric
        double score(ModelPackage model, Dataset dataset, String metric, StageProgress progress);
    }

    @Override
    public ModelPackage train(Order order, StageProgress progress) {
        Spec spec = Specs.fromTree(order.spec(), Path.of(""));
        Trial sole = TrialPlan.sole(spec);
        if (sole != null) {
            return only(sole, spec, order, progress);
        }
        TrialPlan plan = TrialPlan.of(spec);
        return plan == null ? once.train(order, progress) : best(plan, order, progress);
    }

    /// Where the task knows one architecture alone.
    private ModelPackage only(Trial sole, Spec spec, Order order, StageProgress progress) {
        TrialFolder folder = TrialFolder.open(order.work());
        Map<String, Object> resolved = TrialPlan.resolved(spec, sole);
        long begun = System.nanoTime();
        ModelPackage model =
                once.train(new Order(resolved, order.dataset(), folder.last(), folder.work(sole)), progress);
        String metric = SearchSpec.mainMetric(spec.task());
        Trial tried = new Trial(1, sole.values(), List.of(), seconds(begun), null);
        return with(
                new PackageResults.TriedBoard(metric, SearchSpec.goal(metric).name(), List.of(tried)),
                model,
                order.out());
    }

    private ModelPackage best(TrialPlan plan, Order order, StageProgress progress) {
        Dataset dataset = order.dataset();
        if (dataset.count(Split.VALIDATION) == 0) {
            throw new ProblemException(
                    Problem.of("search.no_validation", "Trials are compared on validation rows, and there are none")
                            .at("data.split")
                            .remedy("Give validation rows their share, such as probabilities: [0.8, 0.1, 0.1]"));
        }
        TrialFolder folder = TrialFolder.open(order.work());
        Leaderboard board = folder.leaderboard();
        while (!plan.spent(board) && plan.next(board) instanceof Move.Train(Trial trial, int epochs)) {
            if (progress.cancelled()) {
                throw new CancellationException("cancelled between two trials");
            }
            progress.at("search", board.trials().size(), plan.trials(), described(trial));
            Order one =
                    new Order(plan.resolved(trial, board), dataset, folder.fresh(trial), folder.work(trial), epochs);
            board = board.with(tried(trial, one, plan, progress));
            folder.keep(board, board.best(plan.goal()).orElse(null), plan.waiting(board));
            board.trials().stream()
                    .filter(tried -> tried.number() == trial.number())
                    .forEach(tried -> progress.trial(tried, plan.metric()));
            tell(board, trial.number(), plan, progress);
        }
        return with(plan.told(board), result(board, plan, new Bench(dataset, folder, progress)), order.out());
    }

    /// Where trials are made.
    private record Bench(Dataset dataset, TrialFolder folder, StageProgress progress) {}

    private Trial tried(Trial trial, Order order, TrialPlan plan, StageProgress progress) {
        long begun = System.nanoTime();
        try {
            ModelPackage model = once.train(order, new Unseen(progress));
            double score = judge.score(model, order.dataset(), plan.metric(), progress);
            return trial.scored(score, seconds(begun));
        } catch (ProblemException failed) {
            Problem problem = failed.problems().getFirst();
            boolean hopeless = problem.code().equals("training.not_installed");
            if (hopeless) {
                throw failed;
            }
            return trial.failed(problem.line(), seconds(begun));
        }
    }

    /// The best trial's model, with what the trial left out.
    private ModelPackage result(Leaderboard board, TrialPlan plan, Bench bench) {
        Trial best = board.best(plan.goal()).orElseThrow(() -> nothing(board));
        TrialFolder folder = bench.folder();
        ModelPackage model = ModelPackage.open(folder.result(best));
        Object unfinished = model.manifest().training().get(Manifest.UNFINISHED);
        if (unfinished == null) {
            return model;
        }
        bench.progress().at("search", plan.trials(), plan.trials(), described(best) + ": " + unfinished);
        return once.train(
                new Order(plan.last(best, board), bench.dataset(), folder.last(), folder.work(best)),
                new Unseen(bench.progress()));
    }

    private static ModelPackage with(PackageResults.TriedBoard board, ModelPackage model, Path out) {
        Map<String, Object> results = new HashMap<>(model.manifest().results());
        results.put(PackageResults.LEADERBOARD, PackageResults.tree(board));
        try (PackageDraft draft = PackageDraft.copyOf(model, out, false)) {
            return draft.commit(model.manifest().withResults(results));
        }
    }

    private static ProblemException nothing(Leaderboard board) {
        String why = board.trials().stream()
                .map(Trial::failure)
                .filter(failure -> failure != null)
                .findFirst()
                .orElse("no time was left for a trial");
        return new ProblemException(Problem.of("search.no_trial", "No trial ended well; the first said: " + why)
                .remedy("Train once without the search, or give it more minutes"));
    }

    /// One point of a curve for each trial: its score and the best so far.
    private static void tell(Leaderboard board, int number, TrialPlan plan, StageProgress progress) {
        Map<String, Object> figures = new HashMap<>();
        figures.put("epoch", number);
        board.trials().stream()
                .filter(one -> one.number() == number && one.score() != null)
                .forEach(one -> figures.put("trial_" + plan.metric(), one.score()));
        board.best(plan.goal()).ifPresent(best -> figures.put("best_" + plan.metric(), best.score()));
        progress.epoch(figures);
        long failures =
                board.trials().stream().filter(one -> one.failure() != null).count();
        if (failures >= FAILURES_MAX && board.best(plan.goal()).isEmpty()) {
            throw nothing(board);
        }
    }

    private static String described(Trial trial) {
        return trial.number() + ": " + trial.values();
    }

    private static double seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }

    /// A trial's epochs are its own; the run's curve has one point for each trial.
    private record Unseen(StageProgress progress) implements StageProgress {
        @Override
        public void epoch(Map<String, Object> figures) {
            // Curves of many trials on one page tell nothing.
        }

        @Override
        public void at(String step, long done, long total, String note) {
            // The page shows how many trials are done.
        }

        @Override
        public boolean cancelled() {
            return progress.cancelled();
        }
    }
}
