package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// What is limited on the platform that runs on this home.
@Command(name = "list", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LimitsListVerb implements Callable<Integer> {
    @Override
    public Integer call() {
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            JsonNode limits = platform.limits().path("limits");
            if (limits.isEmpty()) {
                System.out.println(Texts.get("limits.none"));
            }
            for (JsonNode limit : limits) {
                System.out.println(Texts.get(
                        "limits.line",
                        limit.path("for").asString(),
                        limit.path("of").isString() ? limit.path("of").asString() : "*",
                        limit.path("measure").asString(),
                        limit.path("amount").asString(),
                        limit.path("per").asString(),
                        limit.path("model").isString() ? limit.path("model").asString() : "*"));
            }
        }
        return 0;
    }
}
