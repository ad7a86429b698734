package dev.sampan.evaluation;

import dev.sampan.data.Spans;
import dev.sampan.evaluation.SpanScores.Span;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.List;
import java.util.Objects;

/// Judges the stretches found in texts, against finding none.
final class SpanJudge {
    private SpanJudge() {}

    static Report judge(Runtime runtime, Questions questions, String labelColumn, EvaluateSpec spec) {
        int label = questions.column(labelColumn);
        String text = runtime.inputs().getFirst();
        SpanScores scores = new SpanScores();
        SpanScores none = new SpanScores();
        questions.ask(runtime, (row, input, answer) -> {
            List<Span> truth =
                    Spans.read(row.values().get(label), Objects.requireNonNull(input.get(text)), row.origin()).stream()
                            .map(span -> new Span(span.start(), span.end(), span.label()))
                            .toList();
            scores.add(truth, found(answer));
            none.add(truth, List.of());
        });
        Intervals intervals = new Intervals(spec.confidence());
        List<Report.ClassFigures> types = scores.types(intervals);
        return new Report(
                scores.texts(),
                spec.confidence(),
                types.stream().map(Report.ClassFigures::label).toList(),
                scores.metrics(intervals),
                none.metrics(intervals),
                types,
                new long[0][],
                List.of(),
                List.of(),
                Report.Kind.ENTITIES,
                Report.Naive.NOTHING,
                List.of(),
                null,
                List.of(),
                null);
    }

    private static List<Span> found(Prediction answer) {
        if (answer instanceof Prediction.Spans(List<Prediction.Span> spans)) {
            return spans.stream()
                    .map(span -> new Span(span.start(), span.end(), span.label()))
                    .toList();
        }
        throw new ProblemException(Problem.of("evaluate.other_kind", "The model answered no spans but " + answer));
    }
}
