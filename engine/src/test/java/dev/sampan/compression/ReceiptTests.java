package dev.sampan.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.compression.Receipt.Outcome;
import dev.sampan.compression.Receipt.Side;
import dev.sampan.data.Target;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.kernel.Json;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.CompressStep.Quantize;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReceiptTests {
    private static final Quantize STEP = new Quantize(true, 0.01);

    @Test
    void aSmallerModelWithinTheGateIsKeptAndTheReceiptSaysWhatItCost() {
        Receipt receipt =
                Judgement.of(STEP, "f1_macro", side(90_400_000, 2_900, 0.93), side(23_600_000, 1_500, 0.928), "a cpu");
        assertThat(receipt.outcome()).isEqualTo(Outcome.SMALLER);
        assertThat(receipt.sentence())
                .isEqualTo("INT8 made model.onnx 3.8 times smaller (90.4 MB → 23.6 MB) and one answer 1.9 times as"
                        + " fast (2.90 → 1.50 ms); macro F1 went from 0.9300 to 0.9280 on 3,080 held-out rows.");
        assertThat(Json.read(Json.write(receipt), Receipt.class)).isEqualTo(receipt);
    }

    @Test
    void aModelThatLosesMoreThanTheGateAllowsIsRefused() {
        Receipt receipt = Judgement.of(STEP, "f1_macro", side(100, 5, 0.9), side(30, 3, 0.89), "a cpu");
        assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED_BY_GATE); // 1.11 % of 0.9
        assertThat(receipt.sentence()).contains("1.11 % of macro F1").contains("1.00 % may be lost");
        assertThat(Judgement.of(STEP, "f1_macro", side(100, 5, 0.9), side(30, 3, 0.8911), "")
                        .outcome())
                .isEqualTo(Outcome.SMALLER); // 0.99 %
        assertThat(Judgement.of(STEP, "f1_macro", side(100, 5, 0.9), side(30, 3, 0.95), "")
                        .outcome())
                .isEqualTo(Outcome.SMALLER); // better than before
    }

    @Test
    void theProcessorIsNamedWithWhatMattersForInt8() {
        assertThat(Cpu.describe(
                        List.of("processor\t: 0", "model name\t: Some CPU @ 2 GHz", "flags\t\t: fpu avx2 avx512_vnni")))
                .isEqualTo("Some CPU @ 2 GHz (avx2 avx512_vnni)");
        assertThat(Cpu.describe(List.of("Features\t: fp asimddp i8mm"))).endsWith(" (asimddp i8mm)");
        assertThat(Cpu.describe(List.of())).isEqualTo(System.getProperty("os.arch"));
        assertThat(Cpu.describe()).contains("processor");
    }

    @Test
    void latencyIsTheMedianOfAtLeastFiftyRunsTakenInTurns() {
        AtomicInteger calls = new AtomicInteger();
        Runtime slow = runtime(calls, 400);
        Runtime quick = runtime(calls, 0);
        double[] micros = Latency.medianMicros(List.of(slow, quick), List.of(Map.of("text", "a")));
        assertThat(calls.get()).isGreaterThanOrEqualTo(120);
        assertThat(micros[0]).isBetween(400.0, 5_000.0);
        assertThat(micros[1]).isLessThan(200);
    }

    private static Side side(long bytes, double micros, double f1) {
        return new Side(bytes, micros, Map.of("f1_macro", new Figure(f1, f1 - 0.01, f1 + 0.01, 3_080)));
    }

    private static Runtime runtime(AtomicInteger calls, long micros) {
        return new Runtime() {
            @Override
            public Target target() {
                return new Target.Categories(List.of("a"));
            }

            @Override
            public List<String> inputs() {
                return List.of("text");
            }

            @Override
            public Map<String, String> example() {
                return Map.of("text", "");
            }

            @Override
            public List<Prediction> predict(List<Map<String, String>> inputs) {
                calls.incrementAndGet();
                long until = System.nanoTime() + micros * 1_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return List.of(new Prediction.Category("a", 1, new float[] {1}));
            }

            @Override
            public void close() {}
        };
    }
}
