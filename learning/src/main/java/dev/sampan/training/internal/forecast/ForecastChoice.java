package dev.sampan.training.internal.forecast;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.ForecastMethod;
import dev.sampan.training.loop.Audience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/// Which method, by forecasts of the newest values.
final class ForecastChoice {
    private static final int WINDOW_MAX = 400;
    private static final int WINDOW_USUAL = 32;
    private static final double[] LAMBDAS = {0.001, 0.01, 0.1};
    private static final int MIXED = 3;

    private final SeriesSet set;
    private final ModelSpec.Forecaster model;
    private final Audience audience;
    private final int season;
    private final int window;
    private final int heldOut;

    ForecastChoice(SeriesSet set, ModelSpec.Forecaster model, Audience audience) {
        this.set = set;
        this.model = model;
        this.audience = audience;
        int longest = set.longest();
        int wanted = model.season() == null ? set.axis().season() : model.season();
        heldOut = Math.clamp(longest / 4, 1, Math.max(1, 2 * model.horizon()));
        int usable = Math.max(2, longest - heldOut);
        season = wanted * 2 <= usable ? wanted : 1;
        window = Math.clamp(Math.max(3L * season, WINDOW_USUAL), 2, Math.min(WINDOW_MAX, usable));
    }

    /// @param map fitted on all values
    /// @param reach for each step half the interval's width in units of the scale
    /// @param lag steps over which the scale takes changes
    /// @param tried for the best of each method its mean error on the newest values, in units of the scale
    record Chosen(LinearMap map, double[] reach, boolean logarithms, int lag, List<Map<String, Object>> tried) {}

    /// A way to get a map from values that may be learnt from.
    private record Candidate(ForecastMethod method, Function<List<double[]>, LinearMap> fit) {}

    private record Tried(Candidate candidate, LinearMap map, boolean logarithms, double error) {}

    Chosen best() {
        List<Tried> tried = new ArrayList<>(tried(false));
        if (set.positive()) {
            tried.addAll(tried(true));
        }
        tried.sort(Comparator.comparingDouble(Tried::error));
        if (model.method() == ForecastMethod.AUTO) {
            tried = mixed(tried);
        }
        Tried best = tried.getFirst();
        LinearMap fitted = best.candidate().fit().apply(values(best.logarithms()));
        double[] reach = reach(backtest(best.logarithms()).errors(best.map()));
        return new Chosen(fitted, reach, best.logarithms(), season, told(tried));
    }

    /// The mean of the best few of one scale, where it errs less than each: errors of different methods partly cancel
    /// (Bates and Granger 1969).
    private List<Tried> mixed(List<Tried> tried) {
        boolean logarithms = tried.getFirst().logarithms();
        List<Tried> few = tried.stream()
                .filter(one -> one.logarithms() == logarithms)
                .limit(MIXED)
                .toList();
        Function<List<double[]>, LinearMap> fit = known -> LinearMap.mean(
                "mean of "
                        + String.join(
                                ", ", few.stream().map(one -> one.map().name()).toList()),
                few.stream().map(one -> one.candidate().fit().apply(known)).toList());
        Backtest backtest = backtest(logarithms);
        LinearMap map = fit.apply(backtest.known());
        double error = backtest.error(map);
        List<Tried> all = new ArrayList<>(tried);
        all.add(new Tried(new Candidate(ForecastMethod.AUTO, fit), map, logarithms, error));
        all.sort(Comparator.comparingDouble(Tried::error));
        return all;
    }

    private List<Tried> tried(boolean logarithms) {
        Backtest backtest = backtest(logarithms);
        List<double[]> known = backtest.known();
        List<Tried> tried = new ArrayList<>();
        List<Candidate> candidates = candidates();
        for (Candidate candidate : candidates) {
            if (audience.progress().cancelled()) {
                throw new CancellationException("training was cancelled");
            }
            LinearMap map = candidate.fit().apply(known);
            double error = backtest.error(map);
            tried.add(new Tried(candidate, map, logarithms, error));
            audience.progress().at("train", tried.size(), candidates.size(), map.name());
        }
        return tried;
    }

    private List<Candidate> candidates() {
        Smoothing smoothing = new Smoothing(window, model.horizon(), season);
        List<Candidate> candidates = new ArrayList<>();
        for (ForecastMethod method : ForecastMethod.values()) {
            if (model.method() != method && model.method() != ForecastMethod.AUTO) {
                continue;
            }
            switch (method) {
                case AUTO -> {}
                case NAIVE -> fixed(candidates, method, List.of(smoothing.naive()));
                case SEASONAL_NAIVE -> fixed(candidates, method, List.of(smoothing.seasonalNaive()));
                case ETS -> fixed(candidates, method, smoothing.exponential());
                case THETA -> fixed(candidates, method, smoothing.theta());
                case LINEAR ->
                    Arrays.stream(LAMBDAS)
                            .forEach(lambda -> candidates.add(new Candidate(
                                    method, known -> LearntMap.fit(known, window, model.horizon(), lambda))));
            }
        }
        return candidates;
    }

    private static void fixed(List<Candidate> candidates, ForecastMethod method, List<LinearMap> maps) {
        maps.forEach(map -> candidates.add(new Candidate(method, _ -> map)));
    }

    private Backtest backtest(boolean logarithms) {
        return new Backtest(values(logarithms), logarithms, heldOut, window, model.horizon(), season);
    }

    private List<double[]> values(boolean logarithms) {
        return set.series().stream()
                .map(one ->
                        logarithms ? Arrays.stream(one.values()).map(Math::log).toArray() : one.values())
                .toList();
    }

    /// For each step the error that the wanted share does not exceed (split conformal, Vovk et al. 2005: of n
    /// errors the ⌈(n + 1) share⌉-th smallest), never less than for the step before; where too few errors are
    /// known, those of all steps.
    private double[] reach(double[][] errors) {
        double[] reach = new double[errors.length];
        double[] all = Arrays.stream(errors).flatMapToDouble(Arrays::stream).toArray();
        double before = 0;
        for (int step = 0; step < reach.length; step++) {
            double[] known = Arrays.stream(errors[step])
                    .filter(error -> !Double.isNaN(error))
                    .toArray();
            before = Math.max(before, quantile(known.length < 8 ? all : known));
            reach[step] = before;
        }
        return reach;
    }

    private double quantile(double[] errors) {
        double[] sorted = Arrays.stream(errors)
                .filter(error -> !Double.isNaN(error))
                .sorted()
                .toArray();
        int rank = (int) Math.ceil((sorted.length + 1) * model.confidence());
        return sorted.length == 0 ? 1 : sorted[Math.min(sorted.length, rank) - 1];
    }

    private static List<Map<String, Object>> told(List<Tried> tried) {
        Map<ForecastMethod, Map<String, Object>> best = new LinkedHashMap<>();
        for (Tried one : tried) {
            best.putIfAbsent(
                    one.candidate().method(),
                    Map.of(
                            "method", one.map().name(),
                            "logarithms", one.logarithms(),
                            "validation_error", one.error()));
        }
        return List.copyOf(best.values());
    }
}
