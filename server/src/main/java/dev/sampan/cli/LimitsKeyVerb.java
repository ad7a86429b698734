package dev.sampan.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Limits of one key, before what the file says of keys; none given takes them back.
@Command(name = "key", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LimitsKeyVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "ID", descriptionKey = "parameter.key")
    private String key = "";

    @Option(names = "--requests", paramLabel = "N", descriptionKey = "option.limits.requests")
    private @Nullable Integer requests;

    @Option(names = "--tokens", paramLabel = "N", descriptionKey = "option.limits.tokens")
    private @Nullable Integer tokens;

    @Option(names = "--spend", paramLabel = "AMOUNT", descriptionKey = "option.limits.spend")
    private @Nullable BigDecimal spend;

    @Option(names = "--currency", paramLabel = "CODE", descriptionKey = "option.limits.currency")
    private String currency = "CNY";

    @Override
    public Integer call() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("key", key);
        body.put("requests", requests);
        body.put("tokens", tokens);
        body.put("spend", spend == null ? null : spend.toPlainString());
        body.put("currency", spend == null ? null : currency);
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            platform.limitKey(body);
            System.out.println(Texts.get("limits.key.set", key));
        }
        return 0;
    }
}
