package dev.sampan.studio.web;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.Viewer;
import dev.sampan.studio.Run;
import dev.sampan.studio.Studio;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.servlet.ModelAndView;

/// Runs: all of them, and each as it goes. A page is drawn from the database every time; live events only say
/// when.
@Controller
public class RunPages {
    private static final int SHOWN = 100;
    private static final int FOLLOWED = 10;

    private final Studio studio;

    RunPages(Studio studio) {
        this.studio = studio;
    }

    /// @param topics of the runs under way; null when none is
    public record RunsView(List<Run> runs, @Nullable String topics) {}

    @GetMapping("/runs")
    ModelAndView runs(@AuthenticationPrincipal Viewer viewer) {
        List<Run> runs = studio.latest(viewer.tenant(), SHOWN);
        String topics = runs.stream()
                .filter(run -> run.finishedAt() == null)
                .limit(FOLLOWED)
                .map(run -> "run/" + run.id())
                .collect(Collectors.joining(","));
        return new ModelAndView("studio/runs", "view", new RunsView(runs, topics.isEmpty() ? null : topics));
    }

    /// @param part present when htmx asks for a part of the page: once the run has ended it is told to load the whole,
    ///     which listens no more and cancels no more
    @GetMapping("/runs/{id}")
    ModelAndView run(
            @PathVariable String id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal Viewer viewer,
            HttpServletResponse response) {
        Ulid run = ulid(id);
        Run found = studio.run(viewer.tenant(), run).orElseThrow(() -> missing(id));
        RunView view = new RunView(found, studio.trainingHistory(viewer.tenant(), run));
        if (part != null && view.ended()) {
            response.setHeader("HX-Refresh", "true");
        }
        return new ModelAndView("studio/run", "view", view);
    }

    @PostMapping("/runs/{id}/cancel")
    String cancel(@PathVariable String id, @AuthenticationPrincipal Viewer viewer) {
        studio.cancel(viewer.tenant(), ulid(id));
        return "redirect:/runs/" + id;
    }

    private static Ulid ulid(String id) {
        try {
            return Ulid.parse(id);
        } catch (IllegalArgumentException _) {
            throw missing(id);
        }
    }

    private static ProblemException missing(String id) {
        return new ProblemException(Problem.of("studio.run.not_found", "There is no run " + id + "."));
    }
}
