package dev.sampan.cli;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Spec;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Carries a specification to a live, priced product: on the platform that runs on this home, else on one that this
/// command starts and keeps up.
@Command(name = "launch", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LaunchVerb implements Callable<Integer> {
    @Mixin
    private SpecFile file = new SpecFile();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--exit", descriptionKey = "option.exit")
    private boolean exit;

    @Override
    public Integer call() throws InterruptedException {
        Spec spec = file.read();
        try (ProgressLines progress = new ProgressLines(ProgressLines.Style.ofTheTerminal())) {
            DemoScreen screen = new DemoScreen(progress);
            Optional<RunningPlatform> running = RunningPlatform.find(Home.folder());
            if (running.isPresent()) {
                onTheRunningOne(running.get(), spec, screen);
            } else {
                onOneOfOurOwn(spec, screen);
            }
        }
        return 0;
    }

    private void onTheRunningOne(RunningPlatform running, Spec spec, DemoScreen screen) throws InterruptedException {
        try (running) {
            Ulid id = running.launch(file.path(), file.overrides());
            new RunFollower(screen).follow(() -> running.run(id));
            screen.say("launch.done", spec.serve().model(), running.consoleAddress() + "/keys");
        }
    }

    private void onOneOfOurOwn(Spec spec, DemoScreen screen) throws InterruptedException {
        try (Platform platform = Platform.start(options, screen.progress())) {
            TenantId team = platform.accounts().team().id();
            Ulid id = platform.studio()
                    .launch(
                            team,
                            file.path().toAbsolutePath(),
                            file.overrides(),
                            platform.accounts().platformActor());
            new RunFollower(screen).follow(() -> platform.studio().run(team, id).orElseThrow());
            screen.say("launch.done", spec.serve().model(), platform.consoleAddress() + "/keys");
            platform.accounts().adminOneTimePassword().ifPresent(once -> screen.say("demo.password", "admin", once));
            if (!exit) {
                screen.say("up.ready", platform.consoleAddress(), platform.apiAddress());
                platform.awaitStop();
            }
        }
    }
}
