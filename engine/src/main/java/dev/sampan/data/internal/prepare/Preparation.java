package dev.sampan.data.internal.prepare;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Provenance;
import dev.sampan.data.QualityReport;
import dev.sampan.data.QualityReport.Finding;
import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.DatasetFile.SplitFile;
import dev.sampan.data.internal.prepare.Ingest.Source;
import dev.sampan.data.internal.source.IoProblems;
import dev.sampan.data.internal.source.RowSource;
import dev.sampan.data.internal.source.SourceOpener;
import dev.sampan.data.internal.source.Workspace;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.Spec;
import dev.sampan.spec.SplitSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// One data set version from beginning to end: scan → read → compare → check → write → publish.
public final class Preparation {
    /// Similarity at which rows are kept on one side of the split when no step of the specification names one.
    private static final double NEARLY_EQUAL = 0.9;

    private final Spec spec;
    private final DataSpec data;
    private final Progress progress;
    private final List<String> inputs;

    public Preparation(Spec spec, Progress progress) {
        this.spec = spec;
        this.data = spec.data();
        this.progress = progress;
        this.inputs = data.inputFeatures().stream().map(InputFeature::name).toList();
    }

    public Dataset run(Path target) {
        if (inputs.contains(Datasets.LABEL)) {
            throw new ProblemException(
                    Problem.of("data.reserved_column", "An input column may not be named '" + Datasets.LABEL + "'"));
        }
        try (WorkFolder work = new WorkFolder(target)) {
            List<Source> sources = scan(work.spill());
            Ingest.Result read = new Ingest(data, work.out(), progress).run(sources, work.spill());
            try (RowStore rows = read.rows()) {
                return divide(read, rows, work, target);
            }
        } catch (IOException e) {
            throw IoProblems.writing(target, e);
        } catch (UncheckedIOException e) {
            throw IoProblems.writing(target, IoProblems.unwrap(e));
        }
    }

    private Dataset divide(Ingest.Result read, RowStore rows, WorkFolder work, Path target) throws IOException {
        IntFunction<Split> given = Dealing.given(rows, data.split(), data.testDataset() != null);
        try (Similarity similarity = Similarity.find(rows, rules(), given, work.spill(), progress);
                Dealing sides = Dealing.of(rows, similarity, given, data.split(), read.labels(), work.spill())) {
            Tally tally = Tally.of(rows, read.labels(), sides, shares());
            QualityReport report = check(read, similarity, tally);
            TrainingRows training = new TrainingRows(spec, read, similarity, sides, tally);
            Map<Split, SplitFile> files = new Writing(inputs, progress).write(rows, sides, training, work.out());
            DatasetFile file = DatasetFile.of(
                    inputs,
                    data.output() == null ? "" : data.output().name(),
                    labels(read, tally),
                    files,
                    report.withTraining(training.counts()),
                    new Provenance(read.files(), data.source().licence()));
            describe(file, work.out());
            work.publish();
            return file.in(target);
        }
    }

    /// What the model can answer: categories with a row, or kinds of spans; nothing for a number.
    private static List<String> labels(Ingest.Result read, Tally tally) {
        if (read.answers().areCategories()) {
            return tally.labels();
        }
        return List.copyOf(read.answers().marked().keySet());
    }

    /// The test file comes first: a row that is in both is then the training row that repeats, never the test
    /// row.
    private List<Source> scan(Path spill) {
        SourceOpener opener = new SourceOpener(data, spec.folder(), Workspace.in(spill), progress);
        List<Source> sources = new ArrayList<>();
        String test = data.testDataset();
        if (test != null) {
            opener.open(test).forEach(source -> sources.add(new Source(source, true)));
        }
        Set<String> both = new TreeSet<>();
        sources.forEach(source -> both.add(source.rows().identity()));
        for (RowSource source : opener.open(data.dataset())) {
            if (both.contains(source.identity())) {
                throw new ProblemException(Problem.of(
                        "data.duplicate_source", "'" + source.name() + "' is in dataset and in test_dataset"));
            }
            sources.add(new Source(source, false));
        }
        return sources;
    }

    private Similarity.Rules rules() {
        double near = data.clean().stream()
                .mapToDouble(step -> step instanceof CleanStep.Dedupe(double threshold) ? threshold : Double.NaN)
                .filter(threshold -> !Double.isNaN(threshold))
                .min()
                .orElse(Double.NaN);
        boolean watched = data.quality().failOn().contains(QualityCheck.DUPLICATE_ACROSS_SPLITS)
                || data.quality().warnOn().contains(QualityCheck.DUPLICATE_ACROSS_SPLITS);
        double threshold = Double.isNaN(near) ? 1 : near;
        SplitSpec.Type type = data.split().type();
        boolean keyed = data.split().column() != null;
        return new Similarity.Rules(
                !Double.isNaN(near),
                threshold,
                watched ? Math.min(threshold, NEARLY_EQUAL) : threshold,
                type.seeded() || (type == SplitSpec.Type.HASH && !keyed),
                type == SplitSpec.Type.GROUP || (type == SplitSpec.Type.K_FOLD && keyed),
                data.inputFeatures().stream()
                        .map(input -> input.type() == InputType.TEXT)
                        .toList());
    }

    /// Share of the rows that each split is to have, as far as the specification says.
    private Map<Split, Double> wanted() {
        SplitSpec split = data.split();
        boolean own = split.type() == SplitSpec.Type.FIXED; // the column says, and may leave one out
        Map<Split, Double> shares = new EnumMap<>(Split.class);
        shares.put(Split.TRAIN, split.train());
        shares.put(Split.VALIDATION, own ? 0 : split.validation());
        boolean test = data.testDataset() != null || split.type() == SplitSpec.Type.K_FOLD || split.test() > 0;
        shares.put(Split.TEST, test && !own ? 1.0 : 0);
        return shares;
    }

    /// How many splits are to have rows.
    private int shares() {
        return (int) wanted().values().stream().filter(share -> share > 0).count();
    }

    private QualityReport check(Ingest.Result read, Similarity similarity, Tally tally) {
        Map<String, Long> dropped = new HashMap<>();
        dropped.put("empty", read.empty());
        dropped.put("missing_label", read.missingLabel());
        dropped.put("corrupt_image", read.images().corrupt());
        dropped.put("exact_duplicate", similarity.exactDropped());
        dropped.put("near_duplicate", similarity.nearDropped());
        dropped.values().removeIf(count -> count == 0);
        if (tally.kept() == 0) {
            throw new ProblemException(Problem.of(
                    "data.empty", "No row is left of the " + read.read() + " read: " + new TreeMap<>(dropped)));
        }
        List<Finding> findings = new Quality(read, similarity, tally).findings(data.quality());
        List<Problem> failing = findings.stream()
                .filter(Finding::failing)
                .map(Preparation::problem)
                .toList();
        if (!failing.isEmpty()) {
            throw new ProblemException(failing);
        }
        refuseEmptySplit(tally);
        Map<String, Long> counts = read.answers().areCategories()
                ? tally.labelCounts()
                : read.answers().marked();
        return new QualityReport(read.read(), tally.kept(), dropped, read.masked(), counts, findings, Map.of());
    }

    private static Problem problem(Finding finding) {
        String name = finding.check().name().toLowerCase(Locale.ROOT);
        Problem problem = Problem.of("data.quality", finding.sentence() + " (" + name + ")")
                .remedy("Mend the rows, or move '" + name + "' from data.quality.fail_on to warn_on");
        return finding.examples().isEmpty() ? problem : problem.at(String.join(", ", finding.examples()));
    }

    private void refuseEmptySplit(Tally tally) {
        wanted().forEach((split, share) -> {
            if (share > 0 && tally.rows().getOrDefault(split, 0L) == 0) {
                throw new ProblemException(Problem.of(
                                "data.too_few_rows",
                                "Of " + tally.kept() + " rows none fell into "
                                        + split.name().toLowerCase(Locale.ROOT))
                        .remedy("Give more rows, or other data.split.probabilities"));
            }
        });
    }

    private static void describe(DatasetFile file, Path folder) throws IOException {
        Path path = folder.resolve(DatasetFile.NAME);
        Files.write(path, Json.pretty(file).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
