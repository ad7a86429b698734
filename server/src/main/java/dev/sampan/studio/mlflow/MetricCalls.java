package dev.sampan.studio.mlflow;

import static dev.sampan.studio.mlflow.Calls.get;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.Metric;
import dev.sampan.studio.tracking.RunFigures;
import dev.sampan.studio.tracking.RunFigures.Window;
import dev.sampan.studio.tracking.Runs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/// Calls about whole curves.
@Component
final class MetricCalls implements Calls.Group {
    private static final int POINTS = 25_000;
    private static final int BULK_POINTS = 2_500;
    private static final int BULK_RUNS = 100;

    private final Runs runs;
    private final RunFigures figures;

    MetricCalls(Runs runs, RunFigures figures) {
        this.runs = runs;
        this.figures = figures;
    }

    @Override
    public List<Calls.Call> calls() {
        return List.of(get("metrics/get-history", this::history), get("metrics/get-history-bulk-interval", this::bulk));
    }

    private Map<String, Object> history(Ask ask) {
        runs.info(ask.tenant(), ask.run());
        int max = Math.clamp(ask.whole("max_results", POINTS), 1, POINTS);
        Window window = after(Window.first(max), ask.textOrNull("page_token"));
        List<Metric> points = figures.history(ask.tenant(), ask.run(), ask.text("metric_key"), window);
        String next = points.size() < max ? null : token(points.getLast());
        return Trees.page("metrics", points.stream().map(Trees::metric).toList(), next);
    }

    private static Window after(Window window, @Nullable String token) {
        if (token == null || token.isEmpty()) {
            return window;
        }
        try {
            byte[] text = Base64.getUrlDecoder().decode(token);
            return window.after(Json.MAPPER.readValue(new String(text, StandardCharsets.UTF_8), Metric.class));
        } catch (IllegalArgumentException | JacksonException e) {
            throw new ProblemException(
                    Problem.of("tracking.invalid_page_token", "The page token is not one of this curve"));
        }
    }

    private static String token(Metric last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(last).getBytes(StandardCharsets.UTF_8));
    }

    /// Curves of several runs side by side.
    private Map<String, Object> bulk(Ask ask) {
        List<String> ids = ask.texts("run_ids");
        if (ids.isEmpty() || ids.size() > BULK_RUNS) {
            throw new ProblemException(Problem.of("tracking.too_many", "run_ids names " + ids.size() + " runs")
                    .remedy("Name 1 to " + BULK_RUNS));
        }
        int max = Math.clamp(ask.whole("max_results", BULK_POINTS), 1, BULK_POINTS);
        Window window =
                Window.steps(ask.whole("start_step", Long.MIN_VALUE), ask.whole("end_step", Long.MAX_VALUE), POINTS);
        List<Map<String, Object>> points = new ArrayList<>();
        for (String id : ids) {
            for (Metric point : thinned(figures.history(ask.tenant(), id, ask.text("metric_key"), window), max)) {
                Map<String, Object> tree = new LinkedHashMap<>(Trees.metric(point));
                tree.put("run_id", id);
                points.add(tree);
            }
        }
        return Map.of("metrics", points);
    }

    /// Evenly, with the first and the last: what a chart of that many points would show.
    static List<Metric> thinned(List<Metric> points, int max) {
        if (points.size() <= max || max < 2) {
            return points.subList(0, Math.min(points.size(), max));
        }
        List<Metric> few = new ArrayList<>();
        for (int i = 0; i < max; i++) {
            few.add(points.get((int) ((long) i * (points.size() - 1) / (max - 1))));
        }
        return few;
    }
}
