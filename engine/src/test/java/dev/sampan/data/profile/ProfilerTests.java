package dev.sampan.data.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Count;
import dev.sampan.data.profile.Profile.Finding;
import dev.sampan.data.profile.Profile.Kind;
import dev.sampan.data.profile.Profile.Suspect;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTests {
    @TempDir
    Path folder;

    private Profile profile(String header, int rows, IntFunction<String> row, @Nullable String target)
            throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(
                file, header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")) + "\n");
        return Profiler.of(file, target, "auto", Progress.NONE);
    }

    private static Column column(Profile profile, String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Finding finding(Profile profile, String code) {
        return Objects.requireNonNull(profile.byCode().get(code), code);
    }

    private static String noise(int i) {
        return Sha256.of("noise" + i).hex().substring(0, 12);
    }

    @Test
    void tellsKindsGapsAndSummaries() throws IOException {
        Profile profile = profile(
                "age,job,since,about,gone",
                200,
                i -> (i == 7 ? "" : i % 50) + "," + (i % 3 == 0 ? "clerk" : "nurse") + ",2024-0" + (1 + i % 9)
                        + "-11,some words " + noise(i) + " and more " + noise(i + 1) + ",",
                null);

        assertThat(profile.columns())
                .extracting(Column::kind)
                .containsExactly(Kind.NUMBER, Kind.CATEGORY, Kind.DATE, Kind.TEXT, Kind.EMPTY);
        Column age = column(profile, "age");
        assertThat(age.missing()).isEqualTo(1);
        assertThat(age.distinct()).isEqualTo(50);
        assertThat(Objects.requireNonNull(age.numbers()).median()).isBetween(24.0, 25.0);
        assertThat(age.numbers().max()).isEqualTo(49);
        assertThat(age.histogram().stream().mapToLong(Long::longValue).sum()).isEqualTo(199);
        assertThat(column(profile, "job").top()).containsExactly(new Count("nurse", 133), new Count("clerk", 67));
        assertThat(column(profile, "since").range()).containsExactly("2024-01-11", "2024-09-11");
        assertThat(finding(profile, "missing").examples()).containsExactly("data.csv line 9");
        assertThat(finding(profile, "empty_column").values()).startsWith("gone");
    }

    @Test
    void findsRepetitionsOfRowsAndColumns() throws IOException {
        Profile profile = profile(
                "text,a,b,c",
                100,
                i -> (i == 50
                                ? "please tell me where the parcel is that I ordered last week!"
                                : i == 60
                                        ? "please tell me where the parcel is that I ordered last week"
                                        : noise(i) + " " + noise(i + 500) + " zz")
                        + "," + (i == 99 ? "98" : i) + "," + 2 * i + "," + i * 37 % 101,
                null);

        assertThat(finding(profile, "near_duplicate_columns").values()).containsExactly("a", "b");
        assertThat(finding(profile, "near_duplicate_rows").examples())
                .containsExactly("data.csv line 62 ≈ data.csv line 52");
        Profile repeated = profile("a,b", 30, i -> i % 10 + ",x", null);
        assertThat(repeated.repeated()).isEqualTo(20);
        assertThat(finding(repeated, "repeated_rows").examples()).first().isEqualTo("data.csv line 12");
        assertThat(finding(repeated, "constant").values()).containsExactly("b");
    }

    @Test
    void findsIdentitiesPlaceholdersAndWordsAmongNumbers() throws IOException {
        Profile profile = profile(
                "id,code,age",
                100,
                i -> i + 1000 + ",A-" + noise(i) + "," + (i == 4 ? "forty" : i % 10 == 0 ? "?" : i * 7 % 50),
                null);

        assertThat(profile.findings().stream()
                        .filter(finding -> finding.code().equals("id_column"))
                        .flatMap(finding -> finding.values().stream()))
                .containsExactly("id", "code");
        assertThat(finding(profile, "placeholder").values()).containsExactly("age", "?", "10");
        assertThat(finding(profile, "not_numbers").examples()).containsExactly("data.csv line 6: forty");
        assertThat(column(profile, "age").kind()).isEqualTo(Kind.NUMBER);
    }

    @Test
    void findsColumnsThatGiveTheAnswerAway() throws IOException {
        Profile categories = profile(
                "queue,amount,fair,label",
                200,
                i -> "team " + i % 2 + "," + (i % 2 * 1000 + i) + "," + i * 37 % 11 + ",x" + i % 2,
                "label");
        Profile numbers = profile("leak,fair,price", 100, i -> i * 3 + 1 + "," + i * 37 % 101 + "," + i, "price");

        assertThat(categories.findings().stream()
                        .filter(finding -> finding.code().equals("leaking_column"))
                        .map(finding -> finding.values().getFirst()))
                .contains("queue", "amount")
                .doesNotContain("fair");
        assertThat(finding(numbers, "leaking_column").values()).startsWith("leak");
    }

    @Test
    void findsImbalanceAndGapsOfTheAnswer() throws IOException {
        Profile profile =
                profile("a,label", 120, i -> noise(i) + "," + (i == 3 ? "" : i < 8 ? "rare" : "usual"), "label");

        assertThat(finding(profile, "imbalance").values()).containsExactly("usual", "112", "rare", "7");
        assertThat(finding(profile, "missing_label").serious()).isTrue();
    }

    @Test
    void suspectsLabelsThatAModelOfTheOthersContradicts() throws IOException {
        Profile profile = profile(
                "text,label",
                300,
                i -> {
                    boolean refund = i % 2 == 0;
                    String text = refund ? "please refund my money back" : "where is my parcel delivery";
                    boolean wrong = i == 40 || i == 101 || i == 202;
                    return text + " " + noise(i) + "," + (refund != wrong ? "refund" : "delivery");
                },
                "label");
        Profile chance = profile(
                "text,label",
                300,
                i -> noise(i) + " words,x" + Sha256.of("l" + i).hex().charAt(0) % 2,
                "label");

        assertThat(profile.suspects())
                .extracting(Suspect::origin)
                .containsExactlyInAnyOrder("data.csv line 42", "data.csv line 103", "data.csv line 204");
        assertThat(chance.suspects()).isEmpty();
    }

    @Test
    void thePageEscapesWhatTheDataSays() throws IOException {
        Profile profile =
                profile("\"<script>alert(1)</script>\",label", 60, i -> "\"<b>" + i % 3 + "</b>\",x" + i % 2, "label");

        for (Locale language : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            String page = ProfilePage.of(profile, language);
            assertThat(page)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;1&lt;/b&gt;", "<svg role=\"img\"")
                    .doesNotContain("<script", "<b>", "http");
        }
        assertThat(ProfilePage.of(profile, Locale.SIMPLIFIED_CHINESE)).contains("lang=\"zh\"", "数据报告");
        assertThat(Json.read(Json.write(profile), Profile.class)).isEqualTo(profile);
    }
}
