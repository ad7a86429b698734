package dev.sampan.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Compares the books of a day with the providers'. Exit code 1 when something differs.
@Command(name = "reconcile", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PaymentsReconcileVerb implements Callable<Integer> {
    @Option(names = "--day", paramLabel = "DAY", descriptionKey = "option.reconcile_day")
    private @Nullable LocalDate day;

    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode days;
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            days = platform.reconcile(day == null ? LocalDate.now().minusDays(1) : day);
        }
        boolean sound = true;
        for (JsonNode one : days) {
            sound &= one.path("findings").isEmpty() && !one.hasNonNull("failure");
        }
        if (json) {
            System.out.print(dev.sampan.kernel.Json.pretty(days));
        } else {
            days.forEach(PaymentsReconcileVerb::print);
        }
        return sound ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void print(JsonNode one) {
        String provider = one.path("provider").asString();
        String day = one.path("day").asString();
        if (one.hasNonNull("failure")) {
            System.out.println(Texts.get(
                    "payments.not_compared", provider, day, one.path("failure").asString()));
            return;
        }
        System.out.println(Texts.get(
                "payments.compared",
                provider,
                day,
                one.path("matched").asLong(),
                one.path("findings").size()));
        for (JsonNode finding : one.path("findings")) {
            System.out.println("    " + finding.path("what").asString() + " "
                    + finding.path("ours").asString("") + " "
                    + finding.path("theirs").asString(""));
        }
    }
}
