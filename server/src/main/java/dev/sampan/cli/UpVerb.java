package dev.sampan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Starts the platform and stays until it is told to stop.
@Command(name = "up", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class UpVerb implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() throws InterruptedException {
        try (ProgressLines progress = new ProgressLines(ProgressLines.Style.ofTheTerminal());
                Platform platform = Platform.start(options, progress)) {
            progress.endLine();
            System.out.println(Texts.get("up.ready", platform.consoleAddress(), platform.apiAddress()));
            platform.accounts()
                    .adminOneTimePassword()
                    .ifPresent(once -> System.out.println(Texts.get("demo.password", "admin", once)));
            platform.awaitStop();
        }
        return 0;
    }
}
