package dev.sampan.cli;

import dev.sampan.data.profile.Profile;
import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Finding;
import dev.sampan.data.profile.ProfilePage;
import dev.sampan.data.profile.Profiler;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A report on a file or on the data of a specification: as text, as JSON, as a page.
@Command(name = "profile", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class DataProfileVerb extends LocalVerb {
    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "parameter.profiled")
    private @Nullable Path file;

    @Option(names = "--label", paramLabel = "COLUMN", descriptionKey = "option.label_column")
    private @Nullable String label;

    @Option(names = "--encoding", defaultValue = "auto", descriptionKey = "option.encoding")
    private String encoding = "auto";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PAGE",
            descriptionKey = "option.profile_page")
    private @Nullable Path page;

    @Option(names = "--force", descriptionKey = "option.force_file")
    private boolean force;

    @Override
    void work(StageProgress progress) {
        Path target = page;
        if (target != null && Files.exists(target) && !force) {
            throw new ProblemException(Problem.of("output.exists", target + " exists")
                    .remedy("Name another file, or add --force to replace it"));
        }
        Profile profile = profile(progress);
        if (target != null) {
            write(ProfilePage.of(profile, Texts.locale()), target.toAbsolutePath());
        }
        if (json()) {
            printJson(profile);
        } else {
            print(profile, target);
        }
    }

    private Profile profile(StageProgress progress) {
        Path from = Objects.requireNonNull(file, "picocli asks for it");
        String name = from.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? Profiler.of(Specs.read(from, List.of()), progress)
                : Profiler.of(from, label, encoding, progress);
    }

    private static void write(String html, Path target) {
        try {
            Path beside = target.resolveSibling(target.getFileName() + ".part");
            Files.writeString(beside, html);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be written", e);
        }
    }

    private static void print(Profile profile, @Nullable Path target) {
        System.out.println(
                Texts.get("profile.head", profile.rows(), profile.columns().size(), profile.repeated()));
        for (Column column : profile.columns()) {
            System.out.println("  "
                    + Texts.get(
                            "profile.column",
                            column.name(),
                            Texts.get("profile.kind." + column.kind().name().toLowerCase(Locale.ROOT)),
                            column.present(),
                            column.missing(),
                            column.distinct()));
        }
        for (Finding finding : profile.findings()) {
            System.out.println((finding.serious() ? "! " : "- ") + ProfilePage.sentence(finding, Texts.locale()));
        }
        if (target != null) {
            System.out.println(Texts.get("profile.page", target));
        }
    }
}
