package dev.sampan.cli;

import dev.sampan.evaluation.Report;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Data → train → evaluate → explain, into a model package.
@Command(name = "train", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class TrainVerb extends LocalVerb {
    @Mixin
    private SpecFile file = new SpecFile();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @Override
    void work(StageProgress progress) {
        Spec spec = file.read();
        output.check();
        Voyage voyage = new Road(Home.prepared(), Home.trainer()).walk(spec, StageName.EXPLAIN, progress);
        ModelPackage model = output.copy(Objects.requireNonNull(voyage.model()));
        Report report = PackageResults.report(model);
        if (json()) {
            printJson(new Trained(
                    output.path().toString(),
                    model.version().hex(),
                    report,
                    PackageResults.leaderboard(model).orElse(null)));
        } else {
            PackageResults.leaderboard(model).ifPresent(LeaderboardText::print);
            ReportText.print(report);
            System.out.println(Texts.get("train.done", output.path()));
        }
    }

    /// What `train --json` prints.
    ///
    /// @param leaderboard null after one training
    record Trained(String output, String version, Report report, PackageResults.@Nullable TriedBoard leaderboard) {}
}
