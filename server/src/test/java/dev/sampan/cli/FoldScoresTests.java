package dev.sampan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.label.LabelErrors;
import dev.sampan.data.label.LabelErrors.Suspect;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Trainer;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trainer here makes a package that votes by words, and remembers which rows it was given.
class FoldScoresTests {
    @TempDir
    Path folder;

    private final List<Set<String>> learnt = new ArrayList<>();

    private final Trainer trainer = (order, _) -> {
        Set<String> rows = new HashSet<>();
        try (RowReader reader = Datasets.rows(order.dataset(), Split.TRAIN)) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row.values().getFirst());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        learnt.add(rows);
        return ModelFixtures.aTinyPackage(order.out());
    };

    @Test
    void everyRowIsScoredOnceByAModelOfTheOtherFoldsAndAWrongLabelIsFound() throws IOException {
        Path spec = specification("{name: label, type: category}", 60);
        FoldScores folds = new FoldScores(spec, List.of(), 3);

        LabelRows rows = folds.by(new Road(folder.resolve("home"), trainer), StageProgress.of(Progress.NONE));

        assertThat(learnt).hasSize(3);
        assertThat(rows.rows()).hasSize(60).extracting(Row::origin).doesNotHaveDuplicates();
        int fold = 0;
        int before = 0;
        for (Row row : rows.rows()) { // those of one fold come in the order of the file
            int line = Integer.parseInt(row.origin().substring("rows.csv line ".length()));
            fold += line < before ? 1 : 0;
            before = line;
            assertThat(learnt.get(fold)).doesNotContain(row.values().getFirst());
        }
        assertThat(fold).isEqualTo(2);
        List<Suspect> suspects = LabelErrors.find(rows.given(Datasets.LABEL), rows.scores());
        assertThat(suspects).isNotEmpty();
        assertThat(rows.rows().get(suspects.getFirst().row()).origin()).isEqualTo("rows.csv line 2");
    }

    @Test
    void withoutCategoriesThereIsNothingToCheck() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "heat\n1\n2\n");
        Path spec = Files.writeString(folder.resolve("sampan.yaml"), """
                name: odd
                task: anomaly
                data:
                  dataset: rows.csv
                  input_features: [{name: heat, type: number}]
                """);
        assertThatThrownBy(() -> new FoldScores(spec, List.of(), 3).spec(0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("answers no categories");
    }

    /// The first row is labelled as its neighbour should be.
    private Path specification(String output, int count) throws IOException {
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < count; i++) {
            String label = ModelFixtures.LABELS.get(i == 0 ? 1 : i % 3);
            rows.append("case ").append(i).append(' ').append(ModelFixtures.WORDS.get(i % 3));
            rows.append(" number ").append(i * 7919).append(',').append(label).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        return Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  quality: {fail_on: [single_class], warn_on: []}
                  clean: [nfkc]
                """ + "  output_features: [" + output + "]\n");
    }
}
