package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.Specs;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Supplier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks a `suppliers.yaml` here and puts it in force on the platform that runs on this home.
@Command(name = "apply", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class SuppliersApplyVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "FILE", descriptionKey = "parameter.suppliers")
    private Path file = Path.of("suppliers.yaml");

    @Override
    public Integer call() {
        SuppliersSpec spec = Specs.readSuppliers(file);
        Map<String, String> keys = keys(spec);
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            platform.applySuppliers(spec, keys);
            System.out.println(Texts.get(
                    "suppliers.applied", spec.models().size(), spec.suppliers().size(), platform.consoleAddress()));
        }
        return 0;
    }

    private static Map<String, String> keys(SuppliersSpec spec) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Supplier supplier : spec.suppliers()) {
            if (supplier.keyVariable() == null) {
                continue;
            }
            String key = System.getenv(supplier.keyVariable());
            if (key == null || key.isBlank()) {
                throw new ProblemException(Problem.of(
                                "suppliers.missing_key",
                                "The environment variable " + supplier.keyVariable() + ", which holds the key of '"
                                        + supplier.name() + "', is not set")
                        .remedy("export " + supplier.keyVariable()
                                + "=…, or leave api_key_env out where none is asked"));
            }
            keys.put(supplier.name(), key.strip());
        }
        return keys;
    }
}
