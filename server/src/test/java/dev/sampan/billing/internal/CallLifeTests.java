package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// All orders of reserve, settle, release, drain, crash, power failure, full or failing disk and absent database, by
/// chance. A failure names its seed; `-Dsampan.simulation.seed=SEED` runs that world alone.
class CallLifeTests {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("sampan.simulation.seconds", 10));
    private static final int STEPS = 3_000;

    @Test
    void noCallIsLostDoubledOrGivenAwayWhateverHappensInWhateverOrder() {
        Long only = Long.getLong("sampan.simulation.seed");
        if (only != null) {
            live(only);
            return;
        }
        long until = System.nanoTime() + TIME.toNanos();
        long seed = 1;
        long acknowledged = 0;
        while (System.nanoTime() < until) {
            acknowledged += live(seed++);
        }
        assertThat(acknowledged).as("the worlds did something").isPositive();
    }

    private static long live(long seed) {
        try {
            CallLife world = new CallLife(seed);
            for (int i = 0; i < STEPS; i++) {
                world.step();
            }
            world.finish();
            return world.acknowledged();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("world of seed " + seed + " (-Dsampan.simulation.seed=" + seed + ")", e);
        }
    }
}
