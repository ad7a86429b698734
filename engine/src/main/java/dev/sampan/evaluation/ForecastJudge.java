package dev.sampan.evaluation;

import dev.sampan.data.Row;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.TimeAxis;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Judges forecasts by what came: of each series the first from where the training rows end, the next from where that
/// one
/// ended, and so on, against repeating the last season.
final class ForecastJudge {
    private final Runtime runtime;
    private final Questions questions;
    private final SeriesFeatures features;
    private final ForecastScores scores;
    private final ForecastScores naive;
    private final int season;

    private ForecastJudge(Runtime runtime, Questions questions, SeriesFeatures features) {
        this.runtime = runtime;
        this.questions = questions;
        this.features = features;
        int usual = features.axis().season();
        season = features.window() > usual ? usual : 1;
        scores = new ForecastScores(season);
        naive = new ForecastScores(season);
    }

    static Report judge(
            Runtime runtime, Questions questions, SeriesFeatures features, String labelColumn, EvaluateSpec spec) {
        ForecastJudge judge = new ForecastJudge(runtime, questions, features);
        Map<String, NavigableMap<Long, Double>> came = judge.came(labelColumn);
        features.known().forEach(known -> {
            NavigableMap<Long, Double> values = came.get(known.name());
            if (values != null) {
                judge.follow(known, values);
            }
        });
        Questions.refuseNone(judge.scores.windows());
        Intervals intervals = new Intervals(spec.confidence());
        return new Report(
                judge.scores.windows(),
                spec.confidence(),
                List.of(),
                judge.scores.metrics(intervals),
                judge.naive.metrics(intervals),
                List.of(),
                new long[0][],
                List.of(),
                List.of(),
                Report.Kind.FORECAST,
                Report.Naive.LAST_VALUE,
                List.of(),
                null,
                List.of(),
                null);
    }

    private Map<String, NavigableMap<Long, Double>> came(String labelColumn) {
        int time = questions.column(features.time());
        int label = questions.column(labelColumn);
        String name = features.series();
        int series = name == null ? -1 : questions.column(name);
        Map<String, NavigableMap<Long, Double>> came = new HashMap<>();
        for (Row row = questions.next(); row != null; row = questions.next()) {
            String of = series < 0 ? SeriesFeatures.ONLY : row.values().get(series);
            long place = TimeAxis.placeOf(features.axis().style(), row.values().get(time));
            came.computeIfAbsent(of, _ -> new TreeMap<>()).put(place, Questions.number(row, label, "The true value"));
        }
        return came;
    }

    private void follow(SeriesFeatures.Known known, NavigableMap<Long, Double> values) {
        double[] actual = after(known, values);
        int steps = features.target().steps();
        for (int from = 0; from < actual.length; from += steps) {
            double[] observed = Arrays.copyOf(actual, from);
            Map<String, String> question = new HashMap<>();
            question.put(SeriesFeatures.OBSERVED, Json.write(observed));
            if (features.series() != null) {
                question.put(features.series(), known.name());
            }
            double[] ahead = Arrays.copyOfRange(actual, from, Math.min(actual.length, from + steps));
            judge(history(known, observed), ahead, points(question));
            questions.tell(scores.windows());
        }
    }

    private void judge(double[] history, double[] ahead, List<Prediction.Point> points) {
        int steps = ahead.length;
        double[] forecast = new double[steps];
        double[] low = new double[steps];
        double[] high = new double[steps];
        double[] last = new double[steps];
        for (int step = 0; step < steps; step++) {
            forecast[step] = points.get(step).value();
            low[step] = points.get(step).low();
            high[step] = points.get(step).high();
            last[step] = history[Math.max(0, history.length - season + step % season)];
        }
        scores.add(new ForecastScores.Window(history, ahead, forecast, low, high));
        naive.add(new ForecastScores.Window(history, ahead, last, new double[0], new double[0]));
    }

    private List<Prediction.Point> points(Map<String, String> question) {
        Prediction answer = runtime.predict(List.of(question)).getFirst();
        if (answer instanceof Prediction.Forecast(List<Prediction.Point> points)) {
            return points;
        }
        throw new ProblemException(Problem.of("evaluate.other_kind", "The model answered no forecast but " + answer));
    }

    /// The values that follow the known ones; one that is missing between others repeats the one before it.
    private double[] after(SeriesFeatures.Known known, NavigableMap<Long, Double> values) {
        TimeAxis axis = features.axis();
        long first = axis.after(known.last(), 1);
        if (!values.containsKey(first)) {
            throw new ProblemException(Problem.of(
                            "evaluate.not_next",
                            "The model knows the series '" + known.name() + "' up to " + axis.write(known.last())
                                    + ", and the rows have no value at " + axis.write(first))
                    .remedy("Judge it by rows that follow its training rows: data.split: {type: datetime}"));
        }
        List<Double> actual = new ArrayList<>();
        double before = 0;
        for (int step = 1; axis.after(known.last(), step) <= values.lastKey(); step++) {
            before = values.getOrDefault(axis.after(known.last(), step), before);
            actual.add(before);
        }
        return actual.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] history(SeriesFeatures.Known known, double[] observed) {
        float[] newest = known.newest();
        double[] history = new double[newest.length + observed.length];
        for (int i = 0; i < newest.length; i++) {
            history[i] = newest[i];
        }
        System.arraycopy(observed, 0, history, newest.length, observed.length);
        return history;
    }
}
