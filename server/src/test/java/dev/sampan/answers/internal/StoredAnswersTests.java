package dev.sampan.answers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Once.Answered;
import dev.sampan.gateway.Once.Ask;
import dev.sampan.gateway.Once.Found;
import dev.sampan.gateway.Once.Fresh;
import dev.sampan.gateway.Once.Kept;
import dev.sampan.gateway.Once.Refused;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredAnswersTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Answered ANSWER =
            new Answered("application/json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8), "0.1 CNY");

    private final TenantId tenant = new TenantId(Ulid.next());
    private final Ulid node = Ulid.next();
    private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private volatile Set<Ulid> charged = Set.of();

    private StoredAnswers aNode(Ulid name) {
        return new StoredAnswers(new AnswerStore(DB.database(), name, () -> now), _ -> charged, Runnable::run);
    }

    private Ask ask(String key, String body) {
        return new Ask(tenant, key, Sha256.of(body), Ulid.next());
    }

    private static Found begin(StoredAnswers node, Ask ask) {
        return node.begin(ask).toCompletableFuture().join();
    }

    @Test
    void oneOfManyOnTwoNodesRunsTheCallAndAllReadItsAnswer() throws ExecutionException, InterruptedException {
        StoredAnswers one = aNode(node);
        StoredAnswers two = aNode(Ulid.next());
        List<Future<Found>> found = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 16; i++) {
                StoredAnswers door = i % 2 == 0 ? one : two;
                found.add(threads.submit(() -> begin(door, ask("k", "body"))));
            }
        }
        int fresh = 0;
        for (Future<Found> answer : found) {
            fresh += answer.get() instanceof Fresh ? 1 : 0;
        }
        assertThat(fresh).isEqualTo(1);
    }

    @Test
    void anAnswerIsThereForADayOnEveryNodeForTheSameBodyAndTheSameCustomer() {
        StoredAnswers one = aNode(node);
        Ask ask = ask("k", "body");
        assertThat(begin(one, ask)).isEqualTo(new Fresh(false));
        assertThat(begin(one, ask("k", "body"))).isEqualTo(Refused.RUNNING);
        one.keep(ask, ANSWER);
        assertThat(begin(aNode(Ulid.next()), ask("k", "body"))).isInstanceOfSatisfying(Kept.class, kept -> {
            assertThat(kept.answer().body()).isEqualTo(ANSWER.body());
            assertThat(kept.answer().type()).isEqualTo(ANSWER.type());
            assertThat(kept.answer().charge()).isEqualTo(ANSWER.charge());
        });
        assertThat(begin(one, ask("k", "other"))).isEqualTo(Refused.MISMATCH);
        Ask stranger = new Ask(new TenantId(Ulid.next()), "k", Sha256.of("body"), Ulid.next());
        assertThat(begin(one, stranger)).isEqualTo(new Fresh(false));
        now = now.plus(Duration.ofHours(24));
        assertThat(begin(one, ask("k", "body"))).isInstanceOf(Kept.class);
        now = now.plus(Duration.ofHours(2));
        assertThat(begin(one, ask("k", "other"))).isEqualTo(new Fresh(false));
    }

    @Test
    void aKeyIsFreeAfterACallThatWasNotCharged() {
        StoredAnswers one = aNode(node);
        Ask ask = ask("k", "body");
        begin(one, ask);
        one.free(ask);
        assertThat(begin(one, ask("k", "other"))).isEqualTo(new Fresh(false));
    }

    /// kill -9 between the charge and the answer: the next call runs and is not charged again, whatever becomes
    /// of it.
    @Test
    void afterAKillAChargedCallIsPaidAndAnUnchargedOneIsFree() {
        StoredAnswers killed = aNode(node);
        Ask paid = ask("paid", "body");
        Ask unpaid = ask("unpaid", "body");
        begin(killed, paid);
        begin(killed, unpaid);
        charged = Set.of(paid.requestId());
        assertThat(begin(aNode(Ulid.next()), ask("paid", "body"))).isEqualTo(Refused.RUNNING);

        StoredAnswers again = aNode(node);
        again.settleOrphans();
        assertThat(begin(again, ask("unpaid", "body"))).isEqualTo(new Fresh(false));
        Ask second = ask("paid", "body");
        assertThat(begin(again, second)).isEqualTo(new Fresh(true));
        again.free(second); // it failed this time
        Ask third = ask("paid", "body");
        assertThat(begin(again, third)).isEqualTo(new Fresh(true));
        charged = Set.of();
        again.settleOrphans(); // killed once more, before any charge
        Ask fourth = ask("paid", "body");
        assertThat(begin(again, fourth)).isEqualTo(new Fresh(true));
        again.keep(fourth, ANSWER);
        assertThat(begin(again, ask("paid", "body"))).isInstanceOf(Kept.class);
    }

    @Test
    void anAnswerThatCouldNotBeKeptIsNotChargedTwiceEither() {
        StoredAnswers one = aNode(node);
        Ask ask = ask("k", "body");
        begin(one, ask);
        one.keep(ask, Answered.NONE);
        assertThat(begin(one, ask("k", "body"))).isEqualTo(Refused.NOT_KEPT);
    }
}
