package dev.sampan.cli;

import dev.sampan.catalog.ModelVersion;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.ProductSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The first half of the demo: a specification on its road, watched stage by stage as anybody could watch it.
final class DemoRun {
    private static final int RUNS_LOOKED_AT = 10;
    private static final int TOKENS_SHOWN = 6;
    private static final int EXPLANATIONS_SHOWN = 3;

    private final Platform platform;
    private final DemoScreen screen;
    private Spec spec;
    private List<String> questions = List.of();

    @SuppressWarnings("NullAway.Init") // carry() comes first
    DemoRun(Platform platform, DemoScreen screen) {
        this.platform = platform;
        this.screen = screen;
    }

    void carry(Path file) throws InterruptedException {
        spec = Specs.read(file, List.of());
        TenantId team = platform.accounts().team().id();
        screen.heading("demo.road");
        Ulid id = unfinished(team)
                .orElseGet(() -> platform.studio()
                        .launch(team, file, List.of(), platform.accounts().platformActor()));
        new RunFollower(screen).follow(() -> platform.studio().run(team, id).orElseThrow());
        ModelVersion version = platform.catalog()
                .byAlias(team, spec.register().name(), spec.register().alias())
                .orElseThrow(() -> new IllegalStateException("the run ended without a model on the shelf"));
        show(platform.catalog().open(version.content()));
    }

    /// A run of this specification that a crash or Ctrl-C left behind goes on by itself: it is followed, not repeated.
    private Optional<Ulid> unfinished(TenantId team) {
        return platform.studio().latest(team, RUNS_LOOKED_AT).stream()
                .filter(run -> run.finishedAt() == null && run.name().equals(spec.name()))
                .map(Run::id)
                .findFirst();
    }

    /// @throws IllegalStateException when the example has no price, which would be the example's fault
    ProductSpec product() {
        return Objects.requireNonNull(spec.product(), "the example has a product");
    }

    String publicModel() {
        return spec.serve().model();
    }

    /// Texts that the model was not trained on.
    List<String> questions() {
        return questions;
    }

    private void show(ModelPackage model) {
        Report report = PackageResults.report(model);
        screen.heading("demo.report");
        ReportText.print(report);
        screen.heading("demo.explanations");
        List<PackageResults.Sample> samples = PackageResults.explanations(model);
        samples.stream().limit(EXPLANATIONS_SHOWN).forEach(this::explain);
        questions = samples.stream()
                .map(sample -> String.join(" ", sample.input().values()))
                .toList();
        screen.heading("demo.receipt");
        PackageResults.receipts(model).forEach(receipt -> screen.line(receipt.sentence()));
    }

    private void explain(PackageResults.Sample sample) {
        screen.line(String.join(" ", sample.input().values()) + "  →  "
                + sample.explanation().label());
        StringBuilder words = new StringBuilder();
        sample.explanation()
                .heaviest(TOKENS_SHOWN)
                .forEach(token -> words.append(
                        String.format(Locale.ROOT, "%s %+.3f   ", token.text().strip(), token.weight())));
        screen.line("   " + words.toString().strip());
    }
}
