package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// What is sold on the platform that runs on this home, and how many are on each plan.
@Command(name = "list", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PlansListVerb implements Callable<Integer> {
    @Override
    public Integer call() {
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            JsonNode inForce = platform.plans();
            JsonNode plans = inForce.at("/document/plans");
            if (plans.isEmpty()) {
                System.out.println(Texts.get("plans.none"));
            }
            for (JsonNode plan : plans) {
                String name = plan.path("name").asString();
                System.out.println(Texts.get(
                        "plans.plan",
                        name,
                        plan.path("title").asString(),
                        plan.path("price").asString(),
                        plan.path("currency").asString(),
                        plan.path("interval").asString(),
                        inForce.path("subscriptions").path(name).asLong(0)));
            }
        }
        return 0;
    }
}
