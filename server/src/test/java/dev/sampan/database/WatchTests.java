package dev.sampan.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTests {
    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void aLookThatFailsIsNotTheLast() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(4);
        Watch watch = Watch.every(SOON, "test", () -> {
            looks.countDown();
            if (looks.getCount() % 2 == 0) {
                throw new DatabaseAway(new IllegalStateException("pulled the plug"));
            }
            throw new IllegalStateException("a fault");
        });
        watch.look();
        assertThat(looks.getCount()).isEqualTo(3);
        watch.start();
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.running()).isTrue();
        watch.stop();
        assertThat(watch.running()).isFalse();
    }

    @Test
    void whoStopsItWaitsForTheLookThatRunsAndNoneFollows() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        Watch watch = Watch.every(SOON, "test", () -> {
            looks.incrementAndGet();
            begun.countDown();
            try {
                ended.set(goOn.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        watch.start();
        begun.await();
        Thread stopping = Thread.ofVirtual().start(watch::stop);
        goOn.countDown();
        stopping.join();
        assertThat(ended).isTrue();
        int last = looks.get();
        Thread.sleep(20);
        assertThat(looks).hasValue(last);
    }

    @Test
    void aLookSaysHowLongThePauseIs() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        AtomicInteger looks = new AtomicInteger();
        Watch watch = Watch.pacing(SOON, "test", () -> {
            looks.incrementAndGet();
            second.countDown();
            return second.getCount() == 0 ? 3_600_000 : 1;
        });
        watch.start();
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(20);
        assertThat(looks).hasValue(2);
        watch.stop();
        watch.start();
        watch.stop();
    }

    @Test
    void stoppingWhatWasNeverStartedDoesNothing() {
        Watch watch = Watch.every(SOON, "test", () -> {});
        watch.stop();
        assertThat(watch.running()).isFalse();
    }
}
