package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks a `payments.yaml` here and puts it in force on the platform that runs on this home.
@Command(name = "apply", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PaymentsApplyVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "FILE", descriptionKey = "parameter.payments")
    private Path file = Path.of("payments.yaml");

    @Override
    public Integer call() {
        PaymentsSpec spec = Specs.readPayments(file);
        Map<String, String> secrets = new LinkedHashMap<>();
        for (PaymentsSpec.Provider provider : spec.providers()) {
            for (String variable : provider.variables()) {
                secrets.put(variable, secret(variable, provider.name()));
            }
        }
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            platform.applyPayments(spec, secrets);
            System.out.println(Texts.get("payments.applied", spec.providers().size(), platform.consoleAddress()));
        }
        return 0;
    }

    /// Keys in PEM have many lines: `@FILE` names a file that holds one.
    private static String secret(String variable, String provider) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new ProblemException(Problem.of(
                            "payments.missing_secret",
                            "The environment variable " + variable + ", which holds a secret of '" + provider
                                    + "', is not set")
                    .remedy("export " + variable + "=…, or " + variable + "=@FILE"));
        }
        if (!value.startsWith("@")) {
            return value.strip();
        }
        try {
            return Files.readString(Path.of(value.substring(1))).strip();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("payments.missing_secret", "The file that " + variable + " names cannot be read")
                            .at(value.substring(1)),
                    e);
        }
    }
}
