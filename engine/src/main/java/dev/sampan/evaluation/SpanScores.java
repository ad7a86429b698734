package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Entities found in texts, counted strictly: an entity is right when its start, its end and its type all are
/// (the CoNLL-2003 rule, seqeval's `mode="strict"`). The unit of the intervals is the text, for entities of one
/// text err together: precision, recall and F1 are ratios of sums over texts, with influence (top − value ·
/// bottom) / mean bottom (ratio estimation; Cochran, "Sampling Techniques", 1977, 6.3).
final class SpanScores {
    private final List<Map<String, Cell>> texts = new ArrayList<>();
    private final List<Cell> sums = new ArrayList<>();
    private final Set<String> types = new TreeSet<>();

    /// One entity: characters `start` inclusive to `end` exclusive.
    record Span(int start, int end, String type) {}

    /// Of one type in one text.
    private static final class Cell {
        long right;
        long truth;
        long answer;
    }

    /// How a metric reads a cell.
    private interface Part {
        double of(Cell cell);
    }

    void add(List<Span> truth, List<Span> answer) {
        Set<Span> gold = new HashSet<>(truth);
        Map<String, Cell> cells = new HashMap<>();
        for (Span span : gold) {
            cell(cells, span.type()).truth++;
        }
        for (Span span : new HashSet<>(answer)) {
            Cell cell = cell(cells, span.type());
            cell.answer++;
            cell.right += gold.contains(span) ? 1 : 0;
        }
        texts.add(cells);
        sums.add(sum(cells));
    }

    private Cell cell(Map<String, Cell> cells, String type) {
        types.add(type);
        return cells.computeIfAbsent(type, _ -> new Cell());
    }

    int texts() {
        return texts.size();
    }

    /// `entity_precision`, `entity_recall`, `entity_f1` over all types together (micro), and `entity_f1_macro`,
    /// the mean over the types that are the truth or the answer somewhere.
    Map<String, Figure> metrics(Intervals intervals) {
        Map<String, Figure> metrics = new TreeMap<>();
        metrics.put("entity_precision", precision(sums, intervals));
        metrics.put("entity_recall", recall(sums, intervals));
        metrics.put("entity_f1", f1(sums, intervals));
        metrics.put("entity_f1_macro", macro(intervals));
        return metrics;
    }

    /// The micro F1 for how often each text was drawn.
    double f1(int[] times) {
        double right = 0;
        double both = 0;
        for (int i = 0; i < times.length; i++) {
            Cell sum = sums.get(i);
            right += 2.0 * times[i] * sum.right;
            both += (double) times[i] * (sum.truth + sum.answer);
        }
        return both == 0 ? 0 : right / both;
    }

    /// One type against all others; `support` counts its true entities.
    List<ClassFigures> types(Intervals intervals) {
        List<ClassFigures> figures = new ArrayList<>();
        for (String type : types) {
            List<Cell> cells = of(type);
            long support = cells.stream().mapToLong(cell -> cell.truth).sum();
            figures.add(new ClassFigures(
                    type, support, precision(cells, intervals), recall(cells, intervals), f1(cells, intervals), null));
        }
        return figures;
    }

    private Figure macro(Intervals intervals) {
        double[] influence = new double[texts.size()];
        double sum = 0;
        for (String type : types) {
            sum += addInfluence(of(type), cell -> 2.0 * cell.right, cell -> cell.truth + cell.answer, influence);
        }
        double count = Math.max(1, types.size());
        Mean mean = new Mean();
        for (double of : influence) {
            mean.add(of / count);
        }
        return intervals.share(sum / count, mean.variance(), texts.size());
    }

    private Figure precision(List<Cell> cells, Intervals intervals) {
        return ratio(cells, cell -> cell.right, cell -> cell.answer, intervals);
    }

    private Figure recall(List<Cell> cells, Intervals intervals) {
        return ratio(cells, cell -> cell.right, cell -> cell.truth, intervals);
    }

    private Figure f1(List<Cell> cells, Intervals intervals) {
        return ratio(cells, cell -> 2.0 * cell.right, cell -> cell.truth + cell.answer, intervals);
    }

    private Figure ratio(List<Cell> cells, Part top, Part bottom, Intervals intervals) {
        double[] influence = new double[cells.size()];
        double value = addInfluence(cells, top, bottom, influence);
        Mean mean = new Mean();
        for (double of : influence) {
            mean.add(of);
        }
        long units = cells.stream().filter(cell -> bottom.of(cell) > 0).count();
        return intervals.share(value, mean.variance(), units);
    }

    private static double addInfluence(List<Cell> cells, Part top, Part bottom, double[] influence) {
        double above = 0;
        double below = 0;
        for (Cell cell : cells) {
            above += top.of(cell);
            below += bottom.of(cell);
        }
        if (below == 0) {
            return 0;
        }
        double value = above / below;
        double mean = below / cells.size();
        for (int i = 0; i < influence.length; i++) {
            influence[i] += (top.of(cells.get(i)) - value * bottom.of(cells.get(i))) / mean;
        }
        return value;
    }

    private List<Cell> of(String type) {
        Cell none = new Cell();
        return texts.stream().map(cells -> cells.getOrDefault(type, none)).toList();
    }

    private static Cell sum(Map<String, Cell> cells) {
        Cell sum = new Cell();
        for (Cell cell : cells.values()) {
            sum.right += cell.right;
            sum.truth += cell.truth;
            sum.answer += cell.answer;
        }
        return sum;
    }
}
