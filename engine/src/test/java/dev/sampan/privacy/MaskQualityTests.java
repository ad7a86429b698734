package dev.sampan.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How much is found of a small set of made-up service messages, Chinese and English, in which every personal datum is
/// marked as `⟦KIND|text⟧`; the last lines hold none and tempt. Made by templates with values drawn by lot, so real
/// texts will be harder: take the figures as a floor under changes, not as a promise.
class MaskQualityTests {
    /// Recall and precision by kind that must not be lost again.
    private static final Map<PersonalData, double[]> FLOORS = Map.of(
            PersonalData.PHONE, new double[] {0.99, 0.99},
            PersonalData.CHINESE_ID, new double[] {0.99, 0.99},
            PersonalData.BANK_CARD, new double[] {0.99, 0.99},
            PersonalData.EMAIL, new double[] {0.99, 0.99},
            PersonalData.IP_ADDRESS, new double[] {0.99, 0.99},
            PersonalData.PASSPORT, new double[] {0.99, 0.99},
            PersonalData.LICENCE_PLATE, new double[] {0.99, 0.99},
            PersonalData.SECRET, new double[] {0.95, 0.99},
            PersonalData.ADDRESS, new double[] {0.9, 0.9},
            PersonalData.PERSON_NAME, new double[] {0.85, 0.9});

    private record Marked(String text, List<Finding> truth) {}

    @Test
    void findsMostOfWhatIsMarkedAndLittleElse() {
        PersonalDataMask mask = new PersonalDataMask(EnumSet.allOf(PersonalData.class), MaskStyle.LABEL, null);
        Map<PersonalData, int[]> counts = new EnumMap<>(PersonalData.class);
        List<String> wrong = new ArrayList<>();
        for (String line : lines()) {
            Marked marked = marked(line);
            List<Finding> found = mask.find(marked.text);
            for (Finding truth : marked.truth) {
                boolean hit = found.stream().anyMatch(f -> covers(f, truth));
                count(counts, truth.kind())[hit ? 0 : 1]++;
                if (!hit) {
                    wrong.add("missed " + of(marked, truth) + " in " + marked.text);
                }
            }
            for (Finding finding : found) {
                if (marked.truth.stream().noneMatch(t -> covers(finding, t))) {
                    count(counts, finding.kind())[2]++;
                    wrong.add("wrongly " + of(marked, finding) + " in " + marked.text);
                }
            }
        }
        FLOORS.forEach((kind, floor) -> {
            int[] of = count(counts, kind);
            String figures = kind + " found " + of[0] + ", missed " + of[1] + ", wrongly " + of[2];
            assertThat((double) of[0] / (of[0] + of[1])).as(figures + wrong).isGreaterThanOrEqualTo(floor[0]);
            assertThat((double) of[0] / (of[0] + of[2])).as(figures + wrong).isGreaterThanOrEqualTo(floor[1]);
        });
    }

    /// The same kind, the whole of the marked stretch, and at most three characters more on either side.
    private static boolean covers(Finding found, Finding truth) {
        return found.kind() == truth.kind()
                && found.start() <= truth.start()
                && found.end() >= truth.end()
                && truth.start() - found.start() <= 3
                && found.end() - truth.end() <= 3;
    }

    private static String of(Marked marked, Finding finding) {
        return finding.kind() + " '" + marked.text.substring(finding.start(), finding.end()) + "'";
    }

    private static int[] count(Map<PersonalData, int[]> counts, PersonalData kind) {
        return counts.computeIfAbsent(kind, _ -> new int[3]);
    }

    private static Marked marked(String line) {
        StringBuilder text = new StringBuilder();
        List<Finding> truth = new ArrayList<>();
        int from = 0;
        for (int open = line.indexOf('⟦'); open >= 0; open = line.indexOf('⟦', from)) {
            int bar = line.indexOf('|', open);
            int close = line.indexOf('⟧', bar);
            text.append(line, from, open);
            int start = text.length();
            text.append(line, bar + 1, close);
            truth.add(new Finding(PersonalData.valueOf(line.substring(open + 1, bar)), start, text.length()));
            from = close + 1;
        }
        return new Marked(text.append(line.substring(from)).toString(), truth);
    }

    private static List<String> lines() {
        try (InputStream in = MaskQualityTests.class.getResourceAsStream("/privacy/labelled.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
