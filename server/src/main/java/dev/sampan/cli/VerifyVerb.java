package dev.sampan.cli;

import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Looks at everything that must always be true on the platform that runs on this home. Exit code 1 when something
/// is broken.
@Command(name = "verify", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class VerifyVerb implements Callable<Integer> {
    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode inspection;
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            inspection = platform.inspect();
        }
        long broken = 0;
        for (JsonNode result : inspection.path("results")) {
            broken += result.path("broken").asLong();
        }
        if (json) {
            System.out.print(dev.sampan.kernel.Json.pretty(inspection));
        } else {
            print(inspection, broken);
        }
        return broken == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void print(JsonNode inspection, long broken) {
        ResourceBundle words = ResourceBundle.getBundle("messages.integrity", Texts.locale());
        for (JsonNode result : inspection.path("results")) {
            String key = "integrity." + result.path("id").asString();
            String sentence = words.containsKey(key)
                    ? words.getString(key)
                    : result.path("id").asString();
            long here = result.path("broken").asLong();
            System.out.println(Texts.get(
                    here == 0 ? "verify.holds" : "verify.broken",
                    sentence,
                    result.path("checked").asLong(),
                    here));
            result.path("breaks").forEach(line -> System.out.println("    " + line.asString()));
        }
        System.out.println(Texts.get(broken == 0 ? "verify.sound" : "verify.unsound", broken));
    }
}
