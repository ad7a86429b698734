package dev.sampan.billing.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// Month ends, leap days, clocks that change, customers who move.
class RhythmTests {
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Asia/Shanghai"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/Los_Angeles"),
            ZoneId.of("Africa/Cairo"), // clocks skip midnight itself
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Pacific/Apia"), // skipped the whole 30 December 2011
            ZoneId.of("Pacific/Kiritimati"),
            ZoneId.of("Pacific/Pago_Pago"),
            ZoneId.of("Australia/Lord_Howe"));

    private static LocalDate day(long epochDay) {
        return LocalDate.ofEpochDay(epochDay);
    }

    @Example
    void endsOfMonthsDoNotDrift() {
        Rhythm monthly = new Rhythm(LocalDate.of(2027, 1, 31), Cadence.MONTH);
        assertThat(LongStream.range(0, 6).mapToObj(monthly::period).map(Period::start))
                .extracting(LocalDate::toString)
                .containsExactly("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30");
    }

    @Example
    void aYearFromALeapDayComesBackToIt() {
        Rhythm yearly = new Rhythm(LocalDate.of(2028, 2, 29), Cadence.YEAR);
        assertThat(yearly.period(1).start()).isEqualTo("2029-02-28");
        assertThat(yearly.period(4).start()).isEqualTo("2032-02-29");
    }

    @Property(tries = 500)
    void eachDayLiesInExactlyThePeriodThatSaysSo(
            @ForAll @LongRange(min = 14_000, max = 30_000) long anchor,
            @ForAll Cadence cadence,
            @ForAll @IntRange(min = -3000, max = 3000) int days) {
        Rhythm rhythm = new Rhythm(day(anchor), cadence);
        LocalDate date = day(anchor + days);
        long index = rhythm.indexOf(date);
        assertThat(rhythm.period(index).holds(date)).isTrue();
        assertThat(rhythm.period(index).end())
                .isEqualTo(rhythm.period(index + 1).start());
        assertThat(rhythm.startsOn(rhythm.period(index).start())).isTrue();
        assertThat(rhythm.period(0).start()).isEqualTo(day(anchor));
    }

    @Property(tries = 300)
    void aYearIsTwelveMonthsOfTheSameAnchor(
            @ForAll @LongRange(min = 14_000, max = 30_000) long anchor,
            @ForAll @IntRange(min = 0, max = 30) int years) {
        assertThat(new Rhythm(day(anchor), Cadence.YEAR).period(years).start())
                .isEqualTo(new Rhythm(day(anchor), Cadence.MONTH)
                        .period(12L * years)
                        .start());
    }

    @Property(tries = 300)
    void aCustomerWhoMovesHasNoInstantTwiceAndNone(
            @ForAll @LongRange(min = 15_000, max = 24_000) long anchor,
            @ForAll Cadence cadence,
            @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 0, max = 8) Integer> moves) {
        Rhythm rhythm = new Rhythm(day(anchor), cadence);
        Span span = Span.of(rhythm.period(0), ZONES.get(moves.getFirst()));
        for (int i = 1; i < moves.size(); i++) {
            Span next = span.next(rhythm.period(i), ZONES.get(moves.get(i)));
            assertThat(next.from()).isEqualTo(span.to());
            assertThat(next.to()).isAfter(next.from());
            assertThat(span.holds(next.from())).isFalse();
            assertThat(next.holds(next.from())).isTrue();
            span = next;
        }
    }

    @Example
    void daysOfChangedClocksAreShorterAndLonger() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Span spring = Span.of(new Rhythm(LocalDate.of(2027, 3, 22), Cadence.WEEK).period(0), berlin);
        Span autumn = Span.of(new Rhythm(LocalDate.of(2027, 10, 25), Cadence.WEEK).period(0), berlin);
        assertThat(Duration.between(spring.from(), spring.to())).isEqualTo(Duration.ofHours(7 * 24 - 1));
        assertThat(Duration.between(autumn.from(), autumn.to())).isEqualTo(Duration.ofHours(7 * 24 + 1));
    }

    /// lago-api#662: a call at 20:00 UTC on 31 March is of April in Shanghai.
    @Example
    void theDayIsTheCustomersNotTheServers() {
        Rhythm monthly = new Rhythm(LocalDate.of(2027, 3, 1), Cadence.MONTH);
        Span march = Span.of(monthly.period(0), ZoneId.of("Asia/Shanghai"));
        assertThat(march.holds(Instant.parse("2027-03-31T15:59:59Z"))).isTrue();
        assertThat(march.holds(Instant.parse("2027-03-31T20:00:00Z"))).isFalse();
    }

    /// In Cairo the clocks of 30 April 2027 go from 00:00 to 01:00.
    @Example
    void aDayWithoutMidnightStartsAtItsFirstInstant() {
        assertThat(Span.startOf(LocalDate.of(2027, 4, 30), ZoneId.of("Africa/Cairo")))
                .isEqualTo("2027-04-29T22:00:00Z");
    }

    @Example
    void whatDoesNotFollowIsRefused() {
        Rhythm monthly = new Rhythm(LocalDate.of(2027, 1, 31), Cadence.MONTH);
        Span january = Span.of(monthly.period(0), ZoneId.of("Asia/Shanghai"));
        assertThatThrownBy(() -> january.next(monthly.period(2), ZoneId.of("Asia/Shanghai")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not follow");
    }
}
