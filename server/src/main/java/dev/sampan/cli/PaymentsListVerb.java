package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// Which ways to pay are in force on the platform that runs on this home.
@Command(name = "list", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PaymentsListVerb implements Callable<Integer> {
    @Override
    public Integer call() {
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            JsonNode inForce = platform.payments();
            if (inForce.hasNonNull("trouble")) {
                System.out.println(inForce.at("/trouble/sentence").asString() + ". "
                        + inForce.at("/trouble/remedy").asString("") + ".");
            }
            JsonNode providers = inForce.at("/document/providers");
            if (providers.isEmpty()) {
                System.out.println(Texts.get("payments.none"));
            }
            for (JsonNode provider : providers) {
                String name = provider.path("name").asString();
                System.out.println(Texts.get(
                        "payments.way",
                        name,
                        provider.path("type").asString(),
                        inForce.path("notify").path(name).asString("")));
            }
        }
        return 0;
    }
}
