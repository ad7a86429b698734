package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.TimeAxis.Style;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesFeaturesTests {
    private static final TimeAxis MONTHS = new TimeAxis(Style.MONTH, 1, 0);

    private final SeriesFeatures features = new SeriesFeatures(
            "month",
            "shop",
            4,
            MONTHS,
            List.of(new SeriesFeatures.Known(
                    "north", TimeAxis.placeOf(Style.MONTH, "2024-11"), new float[] {1, 2, 3, 4})),
            new Target.Horizon(2, 0.9));

    @TempDir
    Path folder;

    private static float[] history(Features features, Map<String, String> row) {
        NamedTensors.Values values = features.encode(List.of(row)).tensors().get(SeriesFeatures.HISTORY);
        return ((Floats) Objects.requireNonNull(values)).values();
    }

    @Test
    void whatWasObservedSinceFollowsWhatIsKnownAndMovesTheTimes() {
        assertThat(history(features, Map.of("shop", "north"))).containsExactly(1, 2, 3, 4);
        assertThat(features.times(Map.of("shop", "north"))).containsExactly("2024-12", "2025-01");
        Map<String, String> later = Map.of("shop", "north", "observed", "[5, 6.5]");
        assertThat(history(features, later)).containsExactly(3, 4, 5, 6.5f);
        assertThat(features.times(later)).containsExactly("2025-02", "2025-03");
    }

    @Test
    void anUnknownSeriesAndNumbersThatAreNoneAreRefused() {
        assertThatThrownBy(() -> features.encode(List.of(Map.of("shop", "nroth"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nroth");
        assertThatThrownBy(() -> features.encode(List.of(Map.of("shop", "north", "observed", "[1, \"x\"]"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("observed");
    }

    @Test
    void isReadAsItWasWritten() {
        features.write(folder);
        Features read = Features.read(folder);
        assertThat(read.target()).isEqualTo(features.target());
        assertThat(history(read, Map.of("shop", "north"))).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-31, DATE",
        "2024-01, MONTH",
        "2024/1/5, SLASHED_DATE",
        "2024-01-31T12:00:00, INSTANT",
        "2024-01-31 12:00:00, SPACED_INSTANT",
        "1959, NUMBER"
    })
    void aTimeIsKnownByItsLooksAndWrittenBackAlike(String time, Style style) {
        assertThat(TimeAxis.styleOf(time)).isEqualTo(style);
        TimeAxis axis = new TimeAxis(style, 0, 1);
        assertThat(axis.write(TimeAxis.placeOf(style, time))).isEqualTo(time);
    }

    @Test
    void lastDaysOfMonthsAreMonthsApartAndAWeekIsSevenDays() {
        long[] ends = Stream.of("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")
                .mapToLong(day -> TimeAxis.placeOf(Style.DATE, day))
                .toArray();
        TimeAxis months = TimeAxis.of(Style.DATE, ends);
        assertThat(months.months()).isEqualTo(1);
        assertThat(months.season()).isEqualTo(12);
        long[] weeks = LongStream.range(0, 5).map(week -> week * 7 * 86_400).toArray();
        assertThat(TimeAxis.of(Style.DATE, weeks)).isEqualTo(new TimeAxis(Style.DATE, 0, 7 * 86_400));
    }

    @Test
    void timesInOtherHandsAreReadToo() {
        assertThat(TimeAxis.styleOf("2024年5月1日")).isEqualTo(Style.DATE);
        assertThat(TimeAxis.placeOf(Style.DATE, "2024年5月1日")).isEqualTo(TimeAxis.placeOf(Style.DATE, "2024-05-01"));
        assertThat(Dates.parse("2024-05")).isEqualTo(Dates.parse("2024-05-01"));
        assertThat(Dates.parse("2024年5月")).isEqualTo(Dates.parse("2024-05-01"));
        assertThat(Dates.parse("2024")).isEqualTo(Dates.parse("2024-01-01"));
        assertThat(Dates.parse("2024-")).isNull();
        assertThat(Dates.parse("12")).isNull();
    }

    @Test
    void whatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> TimeAxis.styleOf("yesterday"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("yesterday");
    }
}
