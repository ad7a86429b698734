package dev.sampan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UlidTests {
    @Property
    void readsBackWhatItWrites(@ForAll long high, @ForAll long low) {
        Ulid ulid = new Ulid(high, low);
        assertThat(Ulid.parse(ulid.toString())).isEqualTo(ulid);
    }

    @Test
    void sortsByTimeAsTextAndAsValue() {
        Ulid earlier = Ulid.next(InstantSource.fixed(Instant.ofEpochMilli(1_000)), new Random(1));
        Ulid later = Ulid.next(InstantSource.fixed(Instant.ofEpochMilli(1_001)), new Random(2));
        assertThat(earlier).isLessThan(later);
        assertThat(earlier.toString()).isLessThan(later.toString());
        assertThat(later.epochMillis()).isEqualTo(1_001);
    }

    @Test
    void refusesWhatIsNotAUlid() {
        assertThatThrownBy(() -> Ulid.parse("81ARZ3NDEKTSV4RRFFQ69G5FAV")).hasMessageContaining("not a ULID");
        assertThatThrownBy(() -> Ulid.parse("U1ARZ3NDEKTSV4RRFFQ69G5FA")).hasMessageContaining("not a ULID");
    }
}
