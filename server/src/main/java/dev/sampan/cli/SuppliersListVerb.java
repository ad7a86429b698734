package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// What is in force on the platform that runs on this home, and how the routes fare.
@Command(name = "list", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class SuppliersListVerb implements Callable<Integer> {
    @Override
    public Integer call() {
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            JsonNode inForce = platform.suppliers();
            JsonNode routes = inForce.path("routes");
            if (inForce.hasNonNull("trouble")) {
                System.out.println(inForce.at("/trouble/sentence").asString() + ". "
                        + inForce.at("/trouble/remedy").asString("") + ".");
            }
            if (routes.isEmpty()) {
                System.out.println(Texts.get("suppliers.none"));
            }
            for (JsonNode route : routes) {
                JsonNode paused = route.path("pausedUntil");
                System.out.println(Texts.get(
                        "suppliers.route",
                        route.path("publicModel").asString(),
                        route.path("supplier").asString(),
                        route.path("model").asString(),
                        route.path("calls").asLong(),
                        route.path("failures").asLong(),
                        paused.isString() ? Texts.get("suppliers.paused", paused.asString()) : ""));
            }
        }
        return 0;
    }
}
