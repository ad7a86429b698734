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
import dev.sampan.data.internal.source.SourceText;
import dev.sampan.data.internal.source.Sources;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.DataSpec.SplitSpec;
import dev.sampan.spec.Spec;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

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
        List<Source> sources = scan();
        try (WorkFolder work = new WorkFolder(target)) {
            Ingest.Result read = new Ingest(data, progress).run(sources, work.spill());
            try (RowStore rows = read.rows()) {
                Similarity similarity = Similarity.find(rows, rules(), work.spill(), progress);
                Tally tally = Tally.of(rows, read.labels(), similarity, shares());
                QualityReport report = check(read, similarity, tally);
                Map<Split, SplitFile> files = write(read, similarity, work.out());
                DatasetFile file = DatasetFile.of(
                        inputs,
                        data.outputFeatures().getFirst().name(),
                        tally.labels(),
                        files,
                        report,
                        new Provenance(read.files()));
                describe(file, work.out());
                work.publish();
                return file.in(target);
            }
        } catch (IOException e) {
            throw IoProblems.writing(target, e);
        } catch (UncheckedIOException e) {
            throw IoProblems.writing(target, IoProblems.unwrap(e));
        }
    }

    /// The test file comes first: a row that is in both is then the training row that repeats, never the test
    /// row.
    private List<Source> scan() {
        List<Path> test = data.testDataset() == null ? List.of() : Sources.find(spec.folder(), data.testDataset());
        List<Path> rest = Sources.find(spec.folder(), data.dataset());
        Set<Path> both = new TreeSet<>(test);
        both.retainAll(rest);
        if (!both.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "data.duplicate_source",
                    "'" + both.iterator().next().getFileName() + "' is in dataset and in test_dataset"));
        }
        List<Source> sources = new ArrayList<>();
        AtomicLong bytes = new AtomicLong();
        for (Path file : concat(test, rest)) {
            SourceText text = SourceText.of(file, data.encoding(), piece -> {
                progress.at("scan", bytes.addAndGet(piece), 0, String.valueOf(file.getFileName()));
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled while scanning");
                }
            });
            sources.add(new Source(text, sources.size() < test.size()));
        }
        return sources;
    }

    private static List<Path> concat(List<Path> first, List<Path> second) {
        List<Path> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
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
        return new Similarity.Rules(
                !Double.isNaN(near),
                threshold,
                watched ? Math.min(threshold, NEARLY_EQUAL) : threshold,
                data.split().column() == null);
    }

    /// How many splits are to have rows.
    private int shares() {
        SplitSpec split = data.split();
        boolean test = data.testDataset() != null || split.test() > 0;
        return (split.train() > 0 ? 1 : 0) + (split.validation() > 0 ? 1 : 0) + (test ? 1 : 0);
    }

    private QualityReport check(Ingest.Result read, Similarity similarity, Tally tally) {
        Map<String, Long> dropped = new HashMap<>();
        dropped.put("empty", read.empty());
        dropped.put("missing_label", read.missingLabel());
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
        return new QualityReport(read.read(), tally.kept(), dropped, tally.labelCounts(), findings);
    }

    private static Problem problem(Finding finding) {
        String name = finding.check().name().toLowerCase(Locale.ROOT);
        Problem problem = Problem.of("data.quality", finding.sentence() + " (" + name + ")")
                .remedy("Mend the rows, or move '" + name + "' from data.quality.fail_on to warn_on");
        return finding.examples().isEmpty() ? problem : problem.at(String.join(", ", finding.examples()));
    }

    private void refuseEmptySplit(Tally tally) {
        Map<Split, Double> shares = new EnumMap<>(Split.class);
        shares.put(Split.TRAIN, data.split().train());
        shares.put(Split.VALIDATION, data.split().validation());
        shares.put(Split.TEST, data.testDataset() == null ? data.split().test() : 1);
        shares.forEach((split, share) -> {
            if (share > 0 && tally.rows().getOrDefault(split, 0L) == 0) {
                throw new ProblemException(Problem.of(
                                "data.too_few_rows",
                                "Of " + tally.kept() + " rows none fell into "
                                        + split.name().toLowerCase(Locale.ROOT))
                        .remedy("Give more rows, or other data.split.probabilities"));
            }
        });
    }

    private Map<Split, SplitFile> write(Ingest.Result read, Similarity similarity, Path folder) throws IOException {
        RowStore rows = read.rows();
        Map<Split, SplitFile> files = new EnumMap<>(Split.class);
        try (SplitWriter train = new SplitWriter(folder, Split.TRAIN, inputs);
                SplitWriter validation = new SplitWriter(folder, Split.VALIDATION, inputs);
                SplitWriter test = new SplitWriter(folder, Split.TEST, inputs)) {
            for (int row = 0; row < rows.size(); row++) {
                if (similarity.kept(row)) {
                    SplitWriter writer = switch (similarity.split(row)) {
                        case TRAIN -> train;
                        case VALIDATION -> validation;
                        case TEST -> test;
                    };
                    writer.add(rows.texts(row), read.labels().get(rows.label(row)), rows.origin(row));
                }
                if ((row & 0xFFF) == 0) {
                    tell(row, rows.size());
                }
            }
            files.put(Split.TRAIN, train.finish());
            files.put(Split.VALIDATION, validation.finish());
            files.put(Split.TEST, test.finish());
        }
        tell(rows.size(), rows.size());
        return files;
    }

    private void tell(int row, int all) {
        progress.at("write", row, all, "");
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while writing");
        }
    }

    private static void describe(DatasetFile file, Path folder) throws IOException {
        Path path = folder.resolve(DatasetFile.NAME);
        Files.write(path, Json.pretty(file).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
