package dev.sampan.training.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.data.TimeAxis;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.DeepStack;
import dev.sampan.spec.ModelSpec.ForecastMethod;
import dev.sampan.spec.ModelSpec.Forecaster;
import dev.sampan.training.MetricListener;
import dev.sampan.training.loop.Audience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForecastTests {
    private static final TimeAxis MONTHS = new TimeAxis(TimeAxis.Style.MONTH, 1, 0);
    private static final Audience NOBODY = new Audience(Progress.NONE, MetricListener.NONE);

    /// A yearly wave on a line, with noise.
    private static double[] wave(int length, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        Arrays.setAll(values, t -> 100 + 0.5 * t + 20 * Math.sin(t * Math.PI / 6) + noise * random.nextGaussian());
        return values;
    }

    private static ForecastChoice.Chosen chosen(ForecastMethod method, List<double[]> series) {
        List<SeriesSet.One> all = new ArrayList<>();
        series.forEach(values -> all.add(new SeriesSet.One("s" + all.size(), 0, values)));
        return new ForecastChoice(new SeriesSet(MONTHS, all, 0), new Forecaster(method, 12, null, 0.9), NOBODY).best();
    }

    @Test
    void everyMethodCarriesAConstantOn() {
        Smoothing smoothing = new Smoothing(36, 5, 12);
        List<LinearMap> maps = new ArrayList<>(smoothing.exponential());
        maps.addAll(smoothing.theta());
        maps.add(smoothing.naive());
        maps.add(smoothing.seasonalNaive());
        maps.add(LearntMap.fit(List.of(wave(100, 1, 1)), 36, 5, 0.01));
        double[] constant = new double[36];
        Arrays.fill(constant, 7);
        for (LinearMap map : maps) {
            for (double next : map.apply(constant, 36)) {
                assertThat(next).as(map.name()).isEqualTo(7, within(1e-4));
            }
        }
    }

    @Test
    void seasonalNaiveRepeatsTheLastSeason() {
        double[] values = wave(48, 0, 1);
        double[] next = new Smoothing(36, 14, 12).seasonalNaive().apply(values, 48);
        assertThat(next[0]).isEqualTo(values[36], within(1e-9));
        assertThat(next[13]).isEqualTo(values[37], within(1e-9));
    }

    @Test
    void holtsDampedTrendGoesOnAsFarAsItsDampingLetsIt() {
        double[] line = new double[300];
        Arrays.setAll(line, t -> 3.0 * t);
        LinearMap map = new Smoothing(300, 2, 1)
                .exponential().stream()
                        .filter(one -> one.name().equals("ets(0.8, 0.2, 0.98)"))
                        .findFirst()
                        .orElseThrow();
        assertThat(map.apply(line, 300)[0]).isBetween(line[299] + 1.5, line[299] + 3.0);
    }

    @Test
    void autoFindsTheWaveAndBeatsBothNaiveMethods() {
        List<double[]> series = List.of(wave(132, 1, 1));
        ForecastChoice.Chosen auto = chosen(ForecastMethod.AUTO, series);
        double[] whole = wave(144, 1, 1);
        double[] next = auto.map().apply(auto.logarithms() ? log(series.getFirst()) : series.getFirst(), 132);
        double error = 0;
        double naive = 0;
        for (int step = 0; step < 12; step++) {
            error += Math.abs((auto.logarithms() ? Math.exp(next[step]) : next[step]) - whole[132 + step]) / 12;
            naive += Math.abs(whole[120 + step] - whole[132 + step]) / 12;
        }
        assertThat(error).isLessThan(naive / 2);
    }

    private static double[] log(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    @Test
    void intervalsHoldAboutAsManyTrueValuesAsTheyAreMeantTo() throws OrtException {
        List<double[]> learnt = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            learnt.add(wave(120, 5, i));
        }
        ForecastChoice.Chosen chosen = chosen(ForecastMethod.AUTO, learnt);
        int inside = 0;
        for (int i = 100; i < 140; i++) {
            double[] values = wave(132, 5, i);
            float[][] points = points(chosen, Arrays.copyOf(values, 120));
            for (int step = 0; step < 12; step++) {
                inside += points[1][step] <= values[120 + step] && values[120 + step] <= points[2][step] ? 1 : 0;
            }
        }
        assertThat(inside / 480.0).isBetween(0.82, 0.97);
    }

    @Test
    void theGraphAnswersWhatTheMapDoesAlsoInLogarithms() throws OrtException {
        double[] values = wave(120, 2, 3);
        LinearMap map = LearntMap.fit(List.of(values), 30, 4, 0.01);
        double[] reach = {1, 1, 2, 2};
        double[] plain = map.apply(values, 120);
        float[][] points = points(new ForecastChoice.Chosen(map, reach, false, 12, List.of()), values);
        double[] logged = map.apply(log(values), 120);
        float[][] inLogarithms = points(new ForecastChoice.Chosen(map, reach, true, 12, List.of()), values);
        for (int step = 0; step < 4; step++) {
            assertThat((double) points[0][step]).isEqualTo(plain[step], within(1e-3));
            assertThat((double) inLogarithms[0][step]).isEqualTo(Math.exp(logged[step]), within(1e-2));
            assertThat(inLogarithms[1][step]).isPositive().isLessThan(inLogarithms[2][step]);
        }
    }

    private static float[][] points(ForecastChoice.Chosen chosen, double[] values) throws OrtException {
        int window = chosen.map().window();
        float[][] history = new float[1][window];
        for (int i = 0; i < window; i++) {
            history[0][i] = (float) values[Math.max(0, values.length - window + i)];
        }
        byte[] graph = new ForecastGraph(chosen.map(), chosen.reach(), chosen.logarithms(), chosen.lag())
                .toModel()
                .toByteArray();
        OrtEnvironment environment = DeepStack.call(RuntimeException.class, OrtEnvironment::getEnvironment);
        try (OrtSession session = environment.createSession(graph);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, history);
                OrtSession.Result result = session.run(Map.of("history", tensor))) {
            return ((float[][][]) result.get(0).getValue())[0];
        }
    }
}
