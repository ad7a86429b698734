package dev.sampan.console.sample;

import dev.sampan.compression.Receipt;
import dev.sampan.data.Provenance;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Bin;
import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Curve;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.explanation.Explanation;
import dev.sampan.explanation.Explanation.Quality;
import dev.sampan.explanation.Explanation.TokenWeight;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A manifest with every document a package may carry; figures are drawn from a seed.
final class SampleManifest {
    static final List<String> LABELS = List.of("查物流", "退货", "改地址", "开发票", "催发货", "问尺码", "投诉", "其他");
    private static final long SEED = 7;
    private static final int ROWS = 131;

    private SampleManifest() {}

    static Manifest of(String name) {
        Map<String, Long> labels = new TreeMap<>();
        LABELS.forEach(label -> labels.put(label, 100L + label.hashCode() % 40));
        Map<String, Object> results = Map.of(
                "report", tree(report()), "explanations", tree(explanations()), "receipts", tree(List.of(receipt())));
        return new Manifest(
                name,
                "bilstm",
                "2026-11-24T06:12:00Z",
                Map.of("name", name, "data", Map.of("text", "question", "label", "intent")),
                Sha256.of("data"),
                new Provenance(
                        List.of(new Provenance.SourceFile("questions.csv", 98_231, Sha256.of("file"), "UTF-8", 1_302))),
                labels,
                Map.of("seed", 42, "epochs", 20, "best_epoch", 17, "seconds", 71.3, "threads", 2),
                List.of("Questions of helpdesk: Apache-2.0, written for Sampan"),
                results,
                Map.of("model.onnx", Sha256.of("onnx")));
    }

    private static Object tree(Object value) {
        return Json.MAPPER.convertValue(value, Object.class);
    }

    private static Figure figure(double value) {
        return new Figure(value, Math.max(0, value - 0.047), Math.min(1, value + 0.038), ROWS);
    }

    private static Report report() {
        Random random = new Random(SEED);
        int n = LABELS.size();
        long[][] confusion = new long[n][n];
        List<ClassFigures> classes = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            confusion[i][i] = 11 + random.nextInt(7);
            confusion[i][random.nextInt(n)] += random.nextInt(3);
            double f1 = 0.84 + random.nextDouble() * 0.14;
            classes.add(new ClassFigures(
                    LABELS.get(i), 16, figure(f1 + 0.01), figure(f1 - 0.01), figure(f1), 0.97 + 0.02 * f1));
            double[] rates = {0, 0.01, 0.03, 0.08, 0.2, 0.5, 1};
            double[] hits = {0, f1 * 0.82, f1 * 0.93, f1 * 1.01, 0.985, 0.995, 1};
            curves.add(new Curve(
                    LABELS.get(i),
                    rates,
                    Arrays.stream(hits).map(h -> Math.min(1, h)).toArray()));
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double low = i / 10.0;
            bins.add(new Bin(
                    low, low + 0.1, i < 2 ? 0 : (long) Math.pow(i, 2), low + 0.06, Math.min(1, low * 0.96 + 0.08)));
        }
        Map<String, Figure> metrics = new TreeMap<>();
        metrics.put("accuracy", figure(0.917));
        metrics.put("precision_macro", figure(0.911));
        metrics.put("recall_macro", figure(0.904));
        metrics.put("f1_macro", figure(0.903));
        metrics.put("f1_weighted", figure(0.915));
        metrics.put("roc_auc_ovr", new Figure(0.989, 0.981, 0.995, ROWS));
        metrics.put("log_loss", new Figure(0.412, 0.331, 0.502, ROWS));
        Map<String, Figure> baseline = new TreeMap<>();
        metrics.forEach((metric, figure) -> baseline.put(metric, figure(0.084)));
        baseline.put("roc_auc_ovr", figure(0.5));
        return new Report(ROWS, 0.95, LABELS, metrics, baseline, classes, confusion, curves, bins);
    }

    private static List<Map<String, Object>> explanations() {
        return List.of(
                sample(
                        "我的快递到哪了，急",
                        "查物流",
                        new Explanation(
                                "lime",
                                "查物流",
                                0.973,
                                List.of(
                                        new TokenWeight("我的", 0.01),
                                        new TokenWeight("快递", 0.41),
                                        new TokenWeight("到", 0.12),
                                        new TokenWeight("哪", 0.19),
                                        new TokenWeight("了", -0.02),
                                        new TokenWeight("，", 0),
                                        new TokenWeight("急", -0.09)),
                                new Quality(0.93, 0.88, 0.31))),
                sample(
                        "鞋子太小想退掉",
                        "问尺码",
                        new Explanation(
                                "lime",
                                "退货",
                                0.661,
                                List.of(
                                        new TokenWeight("鞋子", 0.03),
                                        new TokenWeight("太小", -0.21),
                                        new TokenWeight("想", 0.05),
                                        new TokenWeight("退", 0.38),
                                        new TokenWeight("掉", 0.11)),
                                new Quality(0.71, 0.64, 0.18))));
    }

    private static Map<String, Object> sample(String question, String truth, Explanation explanation) {
        return Map.of("input", Map.of("question", question), "truth", truth, "explanation", explanation);
    }

    private static Receipt receipt() {
        Map<String, Figure> before = Map.of("accuracy", figure(0.917), "f1_macro", figure(0.903));
        Map<String, Figure> after = Map.of("accuracy", figure(0.915), "f1_macro", figure(0.902));
        return new Receipt(
                "quantize_int8",
                Receipt.Outcome.SMALLER,
                new Receipt.Side(4_213_004, 812.4, before),
                new Receipt.Side(1_102_331, 430.9, after),
                "Intel Xeon, avx512_vnni",
                "3.8 times smaller and 1.9 times faster; macro F1 fell by 0.1 points.");
    }
}
