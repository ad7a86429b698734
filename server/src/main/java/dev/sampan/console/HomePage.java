package dev.sampan.console;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Billing;
import dev.sampan.kernel.Money;
import dev.sampan.serving.Serving;
import dev.sampan.shell.Viewer;
import dev.sampan.studio.Run;
import dev.sampan.studio.StageName;
import dev.sampan.studio.Studio;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/// Home: how far the voyage is, what runs, what today brought.
@Controller
public class HomePage {
    private static final int RUNS_SHOWN = 6;
    private static final int RUNS_LOOKED_AT = 50;

    private final Accounts accounts;
    private final Studio studio;
    private final Serving serving;
    private final Billing billing;

    HomePage(Accounts accounts, Studio studio, Serving serving, Billing billing) {
        this.accounts = accounts;
        this.studio = studio;
        this.serving = serving;
        this.billing = billing;
    }

    /// @param voyage the five steps in order
    /// @param earned today, one amount for each currency
    public record HomeView(
            List<Step> voyage,
            List<Run> running,
            List<Run> latest,
            long callsToday,
            long unitsToday,
            List<Money> earned,
            int liveModels,
            int customers) {
        public boolean arrived() {
            return voyage.stream().allMatch(step -> step.progress() == Progress.DONE);
        }

        /// Topics of the page's stream: the runs that are under way.
        public String topics() {
            return running.stream().map(run -> "run/" + run.id()).collect(Collectors.joining(","));
        }
    }

    /// @param key of its texts: `console.step.<key>`
    /// @param path where its result is seen
    public record Step(String key, Progress progress, String path) {}

    /// How far a step is.
    public enum Progress {
        DONE,
        NEXT,
        LATER
    }

    @GetMapping("/")
    ModelAndView home(@AuthenticationPrincipal Viewer viewer) {
        List<Run> runs = studio.latest(viewer.tenant(), RUNS_LOOKED_AT);
        List<Organisation> customers = accounts.customers();
        Today today = today(customers);
        HomeView view = new HomeView(
                voyage(runs, customers),
                runs.stream()
                        .filter(run -> run.state() == Run.State.RUNNING || run.state() == Run.State.WAITING)
                        .toList(),
                runs.stream().limit(RUNS_SHOWN).toList(),
                today.calls(),
                today.units(),
                today.earned(),
                serving.deployments().size(),
                customers.size());
        return new ModelAndView("console/home", "view", view);
    }

    private List<Step> voyage(List<Run> runs, List<Organisation> customers) {
        Map<String, Boolean> done = new LinkedHashMap<>();
        done.put("data", reached(runs, StageName.DATA));
        done.put("train", reached(runs, StageName.TRAIN));
        done.put("evaluate", reached(runs, StageName.EVALUATE));
        done.put("deploy", !serving.deployments().isEmpty());
        done.put("call", called(customers));
        Map<String, String> paths =
                Map.of("data", "/runs", "train", "/runs", "evaluate", "/models", "deploy", "/models", "call", "/keys");
        List<Step> steps = new ArrayList<>();
        boolean nextFound = false;
        for (var step : done.entrySet()) {
            Progress progress = step.getValue() ? Progress.DONE : nextFound ? Progress.LATER : Progress.NEXT;
            nextFound |= progress == Progress.NEXT;
            steps.add(new Step(step.getKey(), progress, Objects.requireNonNull(paths.get(step.getKey()))));
        }
        return steps;
    }

    private static boolean reached(List<Run> runs, StageName stage) {
        return runs.stream()
                .flatMap(run -> run.stages().stream())
                .anyMatch(state -> state.name() == stage && state.state() == Run.State.SUCCEEDED);
    }

    private boolean called(List<Organisation> customers) {
        return customers.stream()
                .flatMap(customer -> accounts.keys(customer.id()).stream())
                .anyMatch(key -> key.lastUsedAt() != null);
    }

    private record Today(long calls, long units, List<Money> earned) {}

    /// Since midnight UTC, where days of usage begin.
    private Today today(List<Organisation> customers) {
        Instant now = Instant.now();
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
        long calls = 0;
        long units = 0;
        Map<String, Money> earned = new TreeMap<>();
        for (Organisation customer : customers) {
            for (Billing.UsageSum sum : billing.usage(customer.id(), midnight, now, "model")) {
                calls += sum.calls();
                units += sum.units();
                Currency currency = sum.amount().currency();
                earned.merge(currency.getCurrencyCode(), sum.amount(), Money::plus);
            }
        }
        return new Today(calls, units, List.copyOf(earned.values()));
    }
}
