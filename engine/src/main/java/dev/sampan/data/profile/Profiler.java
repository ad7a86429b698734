package dev.sampan.data.profile;

import dev.sampan.data.Row;
import dev.sampan.data.internal.source.RowSource;
import dev.sampan.data.internal.source.SourceOpener;
import dev.sampan.data.internal.source.SourceRows;
import dev.sampan.data.internal.source.Workspace;
import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Finding;
import dev.sampan.data.profile.Profile.Kind;
import dev.sampan.data.profile.Profile.Suspect;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.QualitySpec;
import dev.sampan.spec.SourceSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.SplitSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes a [Profile].
public final class Profiler {
    private static final int IMBALANCE = 10;

    private final List<ColumnStats> stats = new ArrayList<>();
    private final Sample sample = new Sample();
    private final SeenRows seen = new SeenRows();
    private final List<String> repeatedAt = new ArrayList<>();
    private long rows;
    private long repeated;

    private Profiler() {}

    /// All columns of the data of a specification.
    public static Profile of(Spec spec, Progress progress) {
        String target =
                spec.data().output() == null ? null : spec.data().output().name();
        return of(spec.data(), spec.folder(), target, progress);
    }

    /// A file of any kind that a specification may name.
    ///
    /// @param target column that is to be answered; null for none
    /// @param encoding `auto` or a name Java knows
    /// @throws ProblemException `data.*`
    public static Profile of(Path file, @Nullable String target, String encoding, Progress progress) {
        DataSpec data = new DataSpec(
                file.toAbsolutePath().normalize().toString(),
                null,
                Format.AUTO,
                encoding,
                List.of(),
                List.of(),
                new QualitySpec(List.of(), List.of()),
                List.of(),
                new SplitSpec(null, 1, 0, 0),
                SourceSpec.PLAIN);
        return of(data, Path.of("").toAbsolutePath(), target, progress);
    }

    private static Profile of(DataSpec data, Path folder, @Nullable String target, Progress progress) {
        Profiler profiler = new Profiler();
        try (Workspace work = Workspace.temporary()) {
            List<RowSource> sources = new SourceOpener(data, folder, work, progress).open(data.dataset());
            for (RowSource source : sources) {
                profiler.read(source, progress);
            }
            return profiler.profile(sources.stream().map(RowSource::name).toList(), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All sources give the columns of the first.
    private void read(RowSource source, Progress progress) throws IOException {
        List<String> names = stats.isEmpty()
                ? null
                : stats.stream().map(column -> column.name).toList();
        try (SourceRows reader = source.open(names, _ -> {})) {
            if (stats.isEmpty()) {
                reader.columns().forEach(name -> stats.add(new ColumnStats(name)));
            }
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows++;
                for (int i = 0; i < stats.size(); i++) {
                    stats.get(i).add(row.values().get(i), row.origin());
                }
                sample.add(row);
                if (seen.add(row.values())) {
                    repeated++;
                    if (repeatedAt.size() < 5) {
                        repeatedAt.add(row.origin());
                    }
                }
                if ((rows & 0x3FF) == 0) {
                    progress.at("profile", rows, 0, source.name());
                    if (progress.cancelled()) {
                        throw new CancellationException("cancelled while profiling");
                    }
                }
            }
        }
    }

    private Profile profile(List<String> sources, @Nullable String target) {
        List<List<String>> values =
                IntStream.range(0, stats.size()).mapToObj(sample::column).toList();
        List<Column> columns = IntStream.range(0, stats.size())
                .mapToObj(i -> stats.get(i).column(values.get(i)))
                .toList();
        int answered = answered(target);
        List<Finding> findings = new ArrayList<>();
        stats.forEach(column -> findings.addAll(ofColumn(column, answered >= 0 && column == stats.get(answered))));
        if (repeated > 0) {
            findings.add(new Finding("repeated_rows", false, repeated, List.of(String.valueOf(repeated)), repeatedAt));
        }
        findings.addAll(NearRows.of(sample.rows(), texts(columns, answered)));
        ColumnPairs pairs = new ColumnPairs(columns, values);
        findings.addAll(pairs.alike(answered));
        findings.addAll(pairs.leaking(answered));
        List<Suspect> suspects = List.of();
        if (answered >= 0 && LabelNoise.isCategory(columns.get(answered))) {
            findings.addAll(imbalance(stats.get(answered).counted()));
            suspects = LabelNoise.find(sample.rows(), columns, answered);
        }
        if (!suspects.isEmpty()) {
            findings.add(new Finding(
                    "label_suspects",
                    false,
                    suspects.size(),
                    List.of(String.valueOf(suspects.size())),
                    suspects.stream().limit(5).map(Suspect::origin).toList()));
        }
        findings.sort((a, b) -> Boolean.compare(b.serious(), a.serious()));
        return new Profile(sources, rows, sample.rows().size(), target, repeated, columns, findings, suspects);
    }

    private int answered(@Nullable String target) {
        List<String> names = stats.stream().map(column -> column.name).toList();
        if (target != null && !names.contains(target)) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("data.missing_column", "There is no column '" + target + "'"), target, names));
        }
        return target == null ? -1 : names.indexOf(target);
    }

    private List<String> texts(List<Column> columns, int answered) {
        return sample.rows().stream()
                .map(row -> IntStream.range(0, columns.size())
                        .filter(i -> i != answered && columns.get(i).kind() == Kind.TEXT)
                        .mapToObj(i -> row.values().get(i))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<Finding> ofColumn(ColumnStats column, boolean target) {
        List<Finding> findings = new ArrayList<>();
        if (column.missing() > 0) {
            String share = String.format("%.1f", 100.0 * column.missing() / (column.missing() + column.present()));
            findings.add(new Finding(
                    target ? "missing_label" : column.present() == 0 ? "empty_column" : "missing",
                    target,
                    column.missing(),
                    List.of(column.name, String.valueOf(column.missing()), share),
                    column.missingAt()));
        }
        column.placeholders().forEach((word, count) -> {
            if (column.distinct() > 2) {
                findings.add(new Finding(
                        "placeholder", false, count, List.of(column.name, word, String.valueOf(count)), List.of()));
            }
        });
        if (column.notNumbers() > 0) {
            findings.add(new Finding(
                    "not_numbers",
                    true,
                    column.notNumbers(),
                    List.of(column.name, String.valueOf(column.notNumbers())),
                    column.notNumbersAt()));
        }
        if (column.present() > 1 && column.distinct() == 1) {
            findings.add(new Finding(
                    target ? "single_class" : "constant", target, column.present(), List.of(column.name), List.of()));
        }
        if (!target && column.isId()) {
            findings.add(new Finding("id_column", false, column.present(), List.of(column.name), List.of()));
        }
        return findings;
    }

    private static List<Finding> imbalance(Map<String, Long> counts) {
        if (counts.size() < 2) {
            return List.of();
        }
        Map.Entry<String, Long> most =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Map.Entry<String, Long> least =
                counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        return most.getValue() <= IMBALANCE * least.getValue()
                ? List.of()
                : List.of(new Finding(
                        "imbalance",
                        false,
                        least.getValue(),
                        List.of(
                                ColumnStats.shown(most.getKey()),
                                String.valueOf(most.getValue()),
                                ColumnStats.shown(least.getKey()),
                                String.valueOf(least.getValue())),
                        List.of()));
    }
}
