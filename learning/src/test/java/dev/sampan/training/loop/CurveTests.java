package dev.sampan.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.spec.TrainSpec.Schedule;
import dev.sampan.spec.TrainSpec.Schedule.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CurveTests {
    @Property(tries = 200)
    void growsFromNothingToAllAndNeverLeapsNorLeavesItsRange(
            @ForAll Kind kind,
            @ForAll @IntRange(min = 50, max = 2000) int total,
            @ForAll @DoubleRange(min = 0, max = 0.5) double warmup,
            @ForAll @DoubleRange(min = 0.5, max = 3) double power) {
        Curve curve = new Curve(new Schedule(kind, power, warmup, 0), total, 1e-3);
        double top = 0;
        double before = curve.at(0);
        for (int step = 0; step < total; step++) {
            double now = curve.at(step);
            assertThat(now).isBetween(0.0, 1 + 1e-12);
            double leap = step <= Math.ceil(total * warmup) ? 1 : 3 * Math.PI / (0.2 * total) + 1.0 / total;
            assertThat(Math.abs(now - before)).as("from step %d", step).isLessThanOrEqualTo(Math.max(leap, 0.12));
            top = Math.max(top, now);
            before = now;
        }
        assertThat(top).as("its largest").isCloseTo(1, within(0.05));
        if (warmup > 0.01 && kind != Kind.ONE_CYCLE) {
            assertThat(curve.at(0)).isZero();
        }
        if (kind != Kind.CONSTANT && kind != Kind.REDUCE_LR_ON_PLATEAU && kind != Kind.POLYNOMIAL) {
            assertThat(curve.at(total)).as("its end").isLessThan(1e-3);
        }
    }

    // transformers get_linear_schedule_with_warmup(2, 10), get_cosine_schedule_with_warmup(2, 10)
    @Test
    void goesAsHuggingFacesSchedules() {
        assertThat(curve(Kind.LINEAR, 2, 10).at(1)).isEqualTo(0.5);
        assertThat(curve(Kind.LINEAR, 2, 10).at(6)).isEqualTo(0.5);
        assertThat(curve(Kind.COSINE, 2, 10).at(4)).isCloseTo(0.853553, within(1e-6));
        assertThat(curve(Kind.POLYNOMIAL, 0, 10).at(5)).isCloseTo(0.50005, within(1e-6));
        assertThat(curve(Kind.WARMUP_STABLE_DECAY, 2, 100).at(79)).isEqualTo(1);
        assertThat(curve(Kind.WARMUP_STABLE_DECAY, 2, 100).at(90)).isCloseTo(0.5, within(1e-9));
    }

    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=50)
    @Test
    void goesRoundAsPyTorchsOneCycle() {
        Curve curve = new Curve(new Schedule(Kind.ONE_CYCLE, 1, 0, 0), 50, 1);

        assertThat(curve.at(0)).isCloseTo(0.04, within(1e-8));
        assertThat(curve.at(7)).isCloseTo(0.52, within(1e-8));
        assertThat(curve.at(14)).isCloseTo(1, within(1e-8));
        assertThat(curve.at(15)).isCloseTo(0.997987155, within(1e-8));
        assertThat(curve.at(30)).isCloseTo(0.567118364, within(1e-8));
        assertThat(curve.at(49)).isCloseTo(4e-6, within(1e-8));
    }

    @Test
    void lowersTheRateOnAPlateauInTimeBeforeTheStop() {
        Plateau plateau = Plateau.START.after(true, 4).after(false, 4);
        assertThat(plateau.factor()).isEqualTo(1);

        plateau = plateau.after(false, 4);
        assertThat(plateau.factor()).isCloseTo(0.1, within(1e-12));
        assertThat(plateau.after(true, 4).after(false, 4).factor()).isCloseTo(0.1, within(1e-12));
        assertThat(plateau.factorOf(Kind.COSINE)).isEqualTo(1);
    }

    private static Curve curve(Kind kind, int warmup, int total) {
        return new Curve(new Schedule(kind, 1, 0, warmup), total, 1e-3);
    }
}
