package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The main job on the bundled example, from nothing: data, model, report, explanations, compression, deployment, a
/// customer, paid calls, the invoice. A second demo goes on with what exists.
@Command(name = "demo", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class DemoVerb implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--exit", descriptionKey = "option.exit")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        Path spec = example();
        try (ProgressLines progress = new ProgressLines(ProgressLines.Style.ofTheTerminal());
                Platform platform = Platform.start(options, progress)) {
            DemoScreen screen = new DemoScreen(progress);
            DemoRun run = new DemoRun(platform, screen);
            run.carry(spec);
            DemoCustomer customer = new DemoCustomer(platform, screen);
            customer.open(run.product());
            customer.call(run.publicModel(), run.questions());
            customer.invoice();
            screen.end(
                    platform,
                    customer.secret(),
                    run.publicModel(),
                    run.questions().getFirst());
            if (!exit) {
                screen.say("demo.stays");
                platform.awaitStop();
            }
        }
        return 0;
    }

    private static Path example() {
        Path file = Path.of(System.getProperty("sampan.root", "."), "examples", "helpdesk", "sampan.yaml");
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Problem.of("demo.no_example", "The bundled example is not there")
                    .at(file.toString())
                    .remedy("Start the demo by ./sampan demo from a whole checkout"));
        }
        return file;
    }
}
