package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.Preprocessing;
import dev.sampan.spec.Preprocessing.Encoding;
import dev.sampan.spec.Preprocessing.Missing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Fits columns of numbers, categories and dates on the training rows of a data set, which go by once.
public final class ColumnFitting {
    /// Of rows whose answers are hidden from each other.
    static final int FOLDS = 5;

    private ColumnFitting() {}

    /// What an architecture takes best, where a column leaves it open.
    public enum Taste {
        /// Numbers as they stand, gaps as gaps.
        TREES,
        /// Scaled numbers, categories as numbers.
        DENSE,
        /// Scaled numbers, categories as indexes.
        EMBEDDED
    }

    /// What is known of a row beside the column.
    ///
    /// @param values the answer as numbers: for classes 1 or 0 each
    record Answered(int fold, double[] values, String origin) {
        private static final double[] NONE = {};

        Answered withoutValues() {
            return new Answered(fold, NONE, origin);
        }
    }

    /// @param columns of the data set, of types number, category and date; in the order of the features
    /// @param missing how a value that is not there is written, besides the empty text
    /// @throws ProblemException `training.no_rows`; `data.wrong_type` for a value that is not of the column's type;
    ///     `spec.out_of_range` for a preparation that does not go with the taste or the target
    public static FittedColumns fit(
            Dataset dataset, List<InputFeature> columns, Set<String> missing, Target target, Taste taste) {
        if (dataset.count(Split.TRAIN) == 0) {
            throw new ProblemException(Problem.of("training.no_rows", "The data set has no training rows")
                    .at("data.split")
                    .remedy("Give training a share above 0"));
        }
        AnswerNumbers answers = new AnswerNumbers(target);
        List<ColumnFit> fits = columns.stream()
                .map(column -> fit(column, taste, answers.width()))
                .toList();
        int[] places = columns.stream()
                .mapToInt(column -> dataset.inputs().indexOf(column.name()))
                .toArray();
        try (RowReader rows = Datasets.rows(dataset, Split.TRAIN)) {
            long number = 0;
            for (Row row = rows.next(); row != null; row = rows.next()) {
                Answered answered = new Answered(
                        FittedColumns.fold(number++),
                        answers.of(row.values().get(dataset.inputs().size())),
                        row.origin());
                for (int i = 0; i < places.length; i++) {
                    fits.get(i).add(row.values().get(places[i]), answered);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fitted(fits, missing, target);
    }

    private static FittedColumns fitted(List<ColumnFit> fits, Set<String> missing, Target target) {
        List<FittedColumn> all =
                fits.stream().map(fit -> fit.fitted(ColumnFit.ALL)).toList();
        List<ColumnFeatures> folds = new ArrayList<>();
        if (fits.stream().anyMatch(ColumnFit::looksAtAnswers)) {
            for (int fold = 0; fold < FOLDS; fold++) {
                int without = fold;
                List<FittedColumn> columns = IntStream.range(0, fits.size())
                        .mapToObj(
                                i -> fits.get(i).looksAtAnswers() ? fits.get(i).fitted(without) : all.get(i))
                        .toList();
                folds.add(new ColumnFeatures(columns, target, missing));
            }
        }
        List<String> notes = fits.stream().flatMap(fit -> fit.notes().stream()).toList();
        return new FittedColumns(new ColumnFeatures(all, target, missing), folds, notes);
    }

    private static ColumnFit fit(InputFeature column, Taste taste, int answers) {
        return switch (column.preprocessing()) {
            case Preprocessing.Numbers how -> {
                if (how.missing() == Missing.KEEP && taste != Taste.TREES) {
                    throw refused(column, "keeps missing numbers, which trees alone can read", "missing");
                }
                yield new NumberFit(column.name(), how, taste);
            }
            case Preprocessing.Categories how -> {
                if (how.encoding() == Encoding.INDEX && taste != Taste.EMBEDDED) {
                    throw refused(
                            column, "becomes an index, which networks with embeddings alone can read", "encoding");
                }
                if (how.encoding() == Encoding.TARGET && answers == 0) {
                    throw refused(column, "looks at the answers, and nothing is answered", "encoding");
                }
                yield new CategoryFit(column.name(), how, taste, answers);
            }
            case Preprocessing.Dates how -> new DateFit(column.name(), how, taste);
            case Preprocessing.None _, ImageSpec _ ->
                throw new IllegalArgumentException(
                        "'" + column.name() + "' is no column of numbers, categories or dates");
        };
    }

    private static ProblemException refused(InputFeature column, String why, String key) {
        return new ProblemException(Problem.of("spec.out_of_range", "The column '" + column.name() + "' " + why)
                .at("data.input_features." + column.name() + ".preprocessing." + key)
                .remedy("Leave the key out, and what fits the architecture stands"));
    }

    static ProblemException invalid(String column, String wanted, String value, Answered row) {
        return new ProblemException(Problem.of(
                        "data.wrong_type",
                        "The column '" + column + "' holds " + wanted + ", not '" + Shown.of(value) + "'")
                .at(row.origin())
                .remedy("Mend the row, name the text in data.missing_values, or give the column another type"));
    }

    /// What a row answers, as numbers that can be averaged.
    private static final class AnswerNumbers {
        private final Target target;
        private final Map<String, double[]> byLabel = new HashMap<>();

        AnswerNumbers(Target target) {
            this.target = target;
            List<String> labels = target.labels();
            for (int i = 0; i < labels.size(); i++) {
                double[] values = new double[width()];
                if (labels.size() == 2) {
                    values[0] = i;
                } else {
                    values[i] = 1;
                }
                byLabel.put(labels.get(i), values);
            }
        }

        int width() {
            return switch (target) {
                case Target.Categories(List<String> labels) -> labels.size() == 2 ? 1 : labels.size();
                case Target.Quantity() -> 1;
                default -> 0;
            };
        }

        double[] of(String answer) {
            if (target instanceof Target.Quantity) {
                return new double[] {Double.parseDouble(answer)};
            }
            double[] values = byLabel.get(answer);
            return values == null ? Answered.NONE : values;
        }
    }
}
