package dev.sampan.data;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `features.json`, format 1: one JSON object.
///
/// @param format 1; a reader refuses a greater one
/// @param kind `tokens` or `subwords`
/// @param clean the text steps, as [CleanSteps] writes them
/// @param tokenizer of `tokens`: `words` or `characters`
/// @param vocabulary of `tokens`: the tokens of the ids from 2 on
/// @param tokenizerSha256 of `subwords`: hash of the `tokenizer.json` beside it
record FeaturesFile(
        int format,
        String kind,
        List<String> inputs,
        List<String> labels,
        List<Object> clean,
        int maxLength,
        @Nullable String tokenizer,
        @Nullable List<String> vocabulary,
        @Nullable String tokenizerSha256) {
    private static final int FORMAT = 1;

    /// What every kind of features says of itself.
    private record Head(int format, @Nullable String kind) {}

    /// Of [InteractionFeatures]: `kind` is `interactions`.
    private record InteractionsFile(
            int format,
            String kind,
            String user,
            String item,
            List<String> users,
            int[][] histories,
            Target.Items target) {}

    /// Of [SeriesFeatures]: `kind` is `series`.
    private record SeriesFile(
            int format,
            String kind,
            String time,
            @Nullable String series,
            int window,
            TimeAxis axis,
            List<SeriesFeatures.Known> known,
            Target.Horizon target) {}

    /// Of [ColumnFeatures]: `kind` is `columns`.
    private record ColumnsFile(
            int format,
            String kind,
            List<FittedColumn> columns,
            Target target,
            @Nullable Set<String> missing) {}

    /// Of [SampleFeatures]: `kind` is `samples`.
    private record SamplesFile(
            int format,
            String kind,
            int latent,
            @Nullable String label,
            List<String> labels,
            List<Double> shares,
            Target.Samples target) {}

    private static final String SAMPLES = "samples";
    private static final String TOKENS = "tokens";
    private static final String SUBWORDS = "subwords";
    private static final String COLUMNS = "columns";
    private static final String INTERACTIONS = "interactions";
    private static final String SERIES = "series";
    private static final String TOKENIZER_FILE = "tokenizer.json";

    static void write(Features features, Path folder) {
        try {
            if (subwords(features) instanceof SubwordFeatures subwords) {
                Files.writeString(folder.resolve(TOKENIZER_FILE), subwords.tokenizerJson());
            }
            Files.writeString(folder.resolve(Features.FILE), Json.pretty(of(features)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object of(Features features) {
        return switch (features) {
            case TokenisedFeatures text -> of(text);
            case NgramFeatures grams -> NgramsFile.of(grams);
            case TagFeatures tags -> TagFeatures.TagsFile.of(tags);
            case InteractionFeatures f ->
                new InteractionsFile(FORMAT, INTERACTIONS, f.user(), f.item(), f.users(), f.histories(), f.target());
            case SeriesFeatures f ->
                new SeriesFile(FORMAT, SERIES, f.time(), f.series(), f.window(), f.axis(), f.known(), f.target());
            case SampleFeatures f ->
                new SamplesFile(FORMAT, SAMPLES, f.latent(), f.label(), f.conditions(), f.shares(), f.target());
            case ColumnFeatures columns ->
                new ColumnsFile(FORMAT, COLUMNS, columns.columns(), columns.target(), new TreeSet<>(columns.missing()));
        };
    }

    private static @Nullable SubwordFeatures subwords(Features features) {
        return switch (features) {
            case SubwordFeatures own -> own;
            case NgramFeatures grams -> grams.subwords();
            case TokenFeatures _,
                    TagFeatures _,
                    ColumnFeatures _,
                    InteractionFeatures _,
                    SeriesFeatures _,
                    SampleFeatures _ -> null;
        };
    }

    private static FeaturesFile of(TokenisedFeatures features) {
        List<Object> clean = CleanSteps.write(features.clean());
        return switch (features) {
            case TokenFeatures f ->
                new FeaturesFile(
                        FORMAT,
                        TOKENS,
                        f.inputs(),
                        f.labels(),
                        clean,
                        f.maxLength(),
                        f.tokenizer().name().toLowerCase(Locale.ROOT),
                        f.vocabulary(),
                        null);
            case SubwordFeatures f ->
                new FeaturesFile(
                        FORMAT,
                        SUBWORDS,
                        f.inputs(),
                        f.labels(),
                        clean,
                        f.maxLength(),
                        null,
                        null,
                        Sha256.of(f.tokenizerJson()).hex());
        };
    }

    static Features read(Path folder) {
        Path file = folder.resolve(Features.FILE);
        String text = content(file);
        Head head = parsed(file, text, Head.class);
        if (head.format() > FORMAT) {
            throw new ProblemException(Problem.of(
                            "model.newer",
                            "Format " + head.format() + " was written by a newer version; this one reads " + FORMAT)
                    .at(file.toString()));
        }
        try {
            if (INTERACTIONS.equals(head.kind())) {
                InteractionsFile stored = parsed(file, text, InteractionsFile.class);
                return new InteractionFeatures(
                        stored.user(), stored.item(), stored.users(), stored.histories(), stored.target());
            }
            if (SERIES.equals(head.kind())) {
                SeriesFile stored = parsed(file, text, SeriesFile.class);
                return new SeriesFeatures(
                        stored.time(),
                        stored.series(),
                        stored.window(),
                        stored.axis(),
                        stored.known(),
                        stored.target());
            }
            if (SAMPLES.equals(head.kind())) {
                SamplesFile stored = parsed(file, text, SamplesFile.class);
                return new SampleFeatures(
                        stored.latent(), stored.label(), stored.labels(), stored.shares(), stored.target());
            }
            if (TagFeatures.TagsFile.KIND.equals(head.kind())) {
                return parsed(file, text, TagFeatures.TagsFile.class).features();
            }
            if (NgramsFile.KIND.equals(head.kind())) {
                return parsed(file, text, NgramsFile.class).features(folder);
            }
            if (COLUMNS.equals(head.kind())) {
                ColumnsFile stored = parsed(file, text, ColumnsFile.class);
                Set<String> missing = stored.missing() == null ? Set.of() : stored.missing();
                return new ColumnFeatures(stored.columns(), stored.target(), missing);
            }
            return parsed(file, text, FeaturesFile.class).features(folder);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(corrupt(file, "A part is missing or out of range"), e);
        }
    }

    private static <T> T parsed(Path file, String text, Class<T> type) {
        try {
            return Json.read(text, type);
        } catch (ProblemException e) {
            throw new ProblemException(corrupt(file, e.problems().getFirst().sentence()), e);
        }
    }

    /// @throws NullPointerException, IllegalArgumentException when a part is missing or out of range
    @SuppressWarnings("NullAway") // what JSON leaves out is null here, and the constructors refuse it
    private Features features(Path folder) {
        List<CleanStep> steps = CleanSteps.read(clean);
        return switch (kind) {
            case TOKENS ->
                new TokenFeatures(
                        inputs,
                        labels,
                        steps,
                        ModelSpec.Tokenizer.valueOf(tokenizer.toUpperCase(Locale.ROOT)),
                        vocabulary,
                        maxLength);
            case SUBWORDS -> new SubwordFeatures(inputs, labels, steps, tokenizer(folder, tokenizerSha256), maxLength);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /// @param sha256 of the `tokenizer.json` that the features were made with
    static String tokenizer(Path folder, String sha256) {
        Path file = folder.resolve(TOKENIZER_FILE);
        String json = content(file);
        if (!Sha256.of(json).hex().equals(sha256)) {
            throw new ProblemException(corrupt(file, "This is not the tokenizer the features were made with"));
        }
        return json;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ProblemException(corrupt(file, "The file is missing"), e);
        } catch (MalformedInputException e) {
            throw new ProblemException(corrupt(file, "The file is not UTF-8"), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem corrupt(Path file, String sentence) {
        return Problem.of("model.corrupt", sentence).at(file.toString());
    }
}
