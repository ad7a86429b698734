package dev.sampan.evaluation;

import dev.sampan.data.ImageColumn;
import dev.sampan.data.Noise;
import dev.sampan.data.PictureSample;
import dev.sampan.data.Row;
import dev.sampan.data.SampleColumn;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.WordSample;
import dev.sampan.data.image.Picture;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Judges what a generator makes beside real rows that it did not learn from. Those are dealt into two halves:
/// made rows are held against the first, and so is the second, which says what the figure would be if the made
/// rows were real.
///
/// Pictures: `frechet`, [Frechet]'s distance over [GradientHistograms], beside `frechet_real`; `diversity`, how
/// far two made pictures are from each other over how far two real ones are. The baseline draws every pixel on
/// its own from the second half's normal distribution of that pixel.
///
/// Tables: `marginal_distance` and `correlation_distance` of [MadeTable], each beside `…_real`; with a label
/// `tstr`, the share of real rows answered rightly by a [SoftmaxProbe] that learnt from made rows, beside
/// `trtr`, the same having learnt from real ones (Esteban et al. 2017). The baseline deals the values of each
/// column of the second half anew.
///
/// Both: `nearest_ratio` and `copies`, which training measured ([Manifest#NEAREST]), since it has the rows that
/// may have been learnt by heart: how far made rows are from the nearest training row over how far held-out
/// ones are, and the share of made rows that equal one.
final class GenerationJudge {
    /// More real rows are not looked at.
    private static final int ROWS_MAX = 4000;
    private static final int ROWS_MIN = 20;
    private static final int PAIRS = 2000;
    private static final long SEED = 1;

    private final Intervals intervals;
    private final Map<String, Figure> metrics = new HashMap<>();
    private final Map<String, Figure> baseline = new HashMap<>();

    private GenerationJudge(Intervals intervals) {
        this.intervals = intervals;
    }

    /// @param labelColumn the reader's column with the label; null where there is none
    static Report judge(
            ModelPackage model, Runtime runtime, Questions questions, @Nullable String labelColumn, EvaluateSpec spec) {
        SampleFeatures features = (SampleFeatures) model.features();
        List<Map<String, String>> real = real(features, questions, labelColumn);
        List<Map<String, String>> half = every(real, 0);
        List<Map<String, String>> other = every(real, 1);
        List<Map<String, String>> made = made(features, runtime, questions, half);
        GenerationJudge judge = new GenerationJudge(new Intervals(spec.confidence()));
        if (features.target().columns().getFirst() instanceof PictureSample column) {
            judge.pictures(column, half, other, made);
        } else {
            judge.table(features, half, other, made);
        }
        judge.memory(model.manifest(), made.size());
        return new Report(
                made.size(),
                spec.confidence(),
                List.of(),
                judge.metrics,
                judge.baseline,
                List.of(),
                new long[0][],
                List.of(),
                List.of(),
                Report.Kind.GENERATION,
                Report.Naive.INDEPENDENT,
                List.of(),
                null,
                List.of(),
                null);
    }

    private static List<Map<String, String>> real(
            SampleFeatures features, Questions questions, @Nullable String labelColumn) {
        Map<String, Integer> places = new HashMap<>();
        features.target().columns().forEach(column -> places.put(column.name(), questions.column(column.name())));
        if (features.label() != null && labelColumn != null) {
            places.put(features.label(), questions.column(labelColumn));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (Row row = questions.next(); row != null && rows.size() < ROWS_MAX; row = questions.next()) {
            Map<String, String> values = new HashMap<>();
            Row one = row;
            places.forEach((name, at) -> values.put(name, one.values().get(at).strip()));
            rows.add(values);
        }
        if (rows.size() < ROWS_MIN) {
            throw new ProblemException(Problem.of(
                            "evaluate.no_rows",
                            "Made rows are judged beside at least " + ROWS_MIN + " real ones, and there are "
                                    + rows.size())
                    .remedy("Give data.split a larger test share"));
        }
        return rows;
    }

    private static List<Map<String, String>> every(List<Map<String, String>> rows, int side) {
        List<Map<String, String>> half = new ArrayList<>();
        for (int i = side; i < rows.size() - rows.size() % 2; i += 2) {
            half.add(rows.get(i));
        }
        return half;
    }

    /// As many rows as there are real ones, of the same labels.
    private static List<Map<String, String>> made(
            SampleFeatures features, Runtime runtime, Questions questions, List<Map<String, String>> like) {
        List<Map<String, String>> asked = new ArrayList<>();
        for (Map<String, String> row : like) {
            Map<String, String> question = new HashMap<>();
            question.put(SampleFeatures.SEED, Integer.toString(asked.size()));
            String label = features.label() == null ? null : row.get(features.label());
            if (label != null && features.conditions().contains(label)) {
                question.put(features.label(), label);
            }
            asked.add(question);
        }
        questions.tell(0);
        List<Map<String, String>> made = new ArrayList<>();
        for (Prediction answer : runtime.predict(asked)) {
            if (!(answer instanceof Prediction.Sample(Map<String, String> values))) {
                throw new ProblemException(Problem.of("evaluate.other_kind", "The model made no sample but " + answer));
            }
            made.add(values);
        }
        questions.tell(made.size());
        return made;
    }

    private void pictures(
            PictureSample column,
            List<Map<String, String>> half,
            List<Map<String, String>> other,
            List<Map<String, String>> made) {
        List<Picture> others = pictures(column, other);
        double[][] first = features(pictures(column, half));
        double[][] second = features(others);
        double[][] own = features(pictures(column, made));
        double[][] naive = features(noise(column, others));
        metrics.put("frechet", Frechet.distance(first, own, intervals));
        metrics.put("frechet_real", Frechet.distance(first, second, intervals));
        baseline.put("frechet", Frechet.distance(first, naive, intervals));
        Mean real = distances(first);
        metrics.put("diversity", ratio(distances(own), real));
        baseline.put("diversity", ratio(distances(naive), real));
    }

    private static List<Picture> pictures(PictureSample column, List<Map<String, String>> rows) {
        int channels = column.frame().channels();
        ImageColumn reader = new ImageColumn(
                column.name(),
                ImageColumn.PIXEL_VALUES,
                column.frame(),
                Collections.nCopies(channels, 0.0),
                Collections.nCopies(channels, 1.0));
        return rows.stream()
                .map(row -> reader.framed(row.getOrDefault(column.name(), "")))
                .toList();
    }

    private static double[][] features(List<Picture> pictures) {
        return pictures.stream().map(GradientHistograms::of).toArray(double[][]::new);
    }

    /// As many pictures whose pixels are drawn on their own.
    private static List<Picture> noise(PictureSample column, List<Picture> like) {
        int size = column.frame().size();
        Mean[] shades = new Mean[size];
        for (int i = 0; i < size; i++) {
            shades[i] = new Mean();
            for (Picture picture : like) {
                shades[i].add(picture.pixels()[i] & 0xFF);
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        float[] normal = new float[size];
        List<Picture> made = new ArrayList<>();
        for (Picture each : like) {
            Noise.normal(random, normal);
            byte[] pixels = new byte[size];
            for (int i = 0; i < size; i++) {
                double shade = shades[i].value() + normal[i] * Math.sqrt(shades[i].spread());
                pixels[i] = (byte) Math.clamp(Math.round(shade), 0, 255);
            }
            made.add(new Picture(each.width(), each.height(), each.channels(), pixels));
        }
        return made;
    }

    /// Of pairs of rows that are drawn with a fixed seed.
    private static Mean distances(double[][] rows) {
        SplittableRandom random = new SplittableRandom(SEED);
        Mean mean = new Mean();
        for (int pair = 0; pair < PAIRS; pair++) {
            int one = random.nextInt(rows.length);
            int other = (one + 1 + random.nextInt(rows.length - 1)) % rows.length;
            double sum = 0;
            for (int i = 0; i < rows[one].length; i++) {
                double off = rows[one][i] - rows[other][i];
                sum += off * off;
            }
            mean.add(Math.sqrt(sum));
        }
        return mean;
    }

    /// By the delta method, the two means being of different rows.
    private Figure ratio(Mean one, Mean other) {
        if (other.value() == 0) {
            return new Figure(0, 0, Double.MAX_VALUE, one.rows());
        }
        double value = one.value() / other.value();
        double variance = (one.variance() + value * value * other.variance()) / (other.value() * other.value());
        return intervals.mean(value, variance, one.rows());
    }

    private void table(
            SampleFeatures features,
            List<Map<String, String>> half,
            List<Map<String, String>> other,
            List<Map<String, String>> made) {
        List<SampleColumn> columns = new ArrayList<>(features.target().columns());
        boolean labelled = features.label() != null && half.getFirst().containsKey(features.label());
        WordSample label = labelled ? new WordSample(String.valueOf(features.label()), features.conditions()) : null;
        if (label != null) {
            columns.add(label);
        }
        MadeTable first = new MadeTable(columns, half);
        MadeTable second = new MadeTable(columns, other);
        MadeTable own = new MadeTable(columns, made);
        MadeTable naive = second.dealt(SEED);
        metrics.put("marginal_distance", share(group -> first.marginals(own, group), half.size()));
        metrics.put("marginal_distance_real", share(group -> first.marginals(second, group), half.size()));
        baseline.put("marginal_distance", share(group -> first.marginals(naive, group), half.size()));
        metrics.put("correlation_distance", share(group -> first.correlations(own, group), half.size()));
        metrics.put("correlation_distance_real", share(group -> first.correlations(second, group), half.size()));
        baseline.put("correlation_distance", share(group -> first.correlations(naive, group), half.size()));
        if (label != null) {
            metrics.put("tstr", answered(first, own, label));
            metrics.put("trtr", answered(first, second, label));
            baseline.put("tstr", answered(first, naive, label));
        }
    }

    private Figure share(Without figure, int rows) {
        return Jackknife.share(figure.of(-1), figure::of, rows, intervals);
    }

    /// A figure without one group of rows, −1 for all.
    private interface Without {
        double of(int group);
    }

    /// A share of rows, whose variance is that of a share.
    private Figure answered(MadeTable judged, MadeTable learnt, WordSample label) {
        double right = judged.answered(learnt, label, -1);
        int rows = judged.rows().size();
        return intervals.share(right, right * (1 - right) / rows, rows);
    }

    private void memory(Manifest manifest, int rows) {
        if (manifest.training().get(Manifest.NEAREST) instanceof Map<?, ?> nearest) {
            if (nearest.get("ratio") instanceof Number ratio) {
                double value = ratio.doubleValue();
                metrics.put("nearest_ratio", new Figure(value, value, value, rows));
            }
            if (nearest.get("copies") instanceof Number copies && nearest.get("samples") instanceof Number samples) {
                double share = copies.doubleValue();
                long of = samples.longValue();
                metrics.put("copies", intervals.share(share, share * (1 - share) / Math.max(1, of), of));
            }
        }
    }
}
