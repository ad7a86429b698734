package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Makes codes of one use each for a coupon of the plans in force, one a line.
@Command(name = "codes", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PlansCodesVerb implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "COUPON", descriptionKey = "parameter.coupon")
    private String coupon = "";

    @Parameters(index = "1", paramLabel = "COUNT", descriptionKey = "parameter.count", defaultValue = "1")
    private int count = 1;

    @Override
    public Integer call() {
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            for (JsonNode code : platform.makeCodes(coupon, count).path("codes")) {
                System.out.println(code.asString());
            }
        }
        return 0;
    }
}
