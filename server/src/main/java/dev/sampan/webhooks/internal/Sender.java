package dev.sampan.webhooks.internal;

import dev.sampan.database.Watch;
import dev.sampan.kernel.ProblemException;
import dev.sampan.trust.Vault;
import dev.sampan.webhooks.internal.Sendings.Sending;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends what is due, some at a time, so that an endpoint that hangs holds up nobody for long.
final class Sender implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int AT_ONCE = 16;

    private final Sendings sendings;
    private final Guard guard;
    private final Vault vault;
    private final Post post;
    private final InstantSource clock;
    private final Watch watch = Watch.every(Duration.ofSeconds(1), "webhooks", this::look);

    Sender(Sendings sendings, Guard guard, Vault vault, Post post, InstantSource clock) {
        this.sendings = sendings;
        this.guard = guard;
        this.vault = vault;
        this.post = post;
        this.clock = clock;
    }

    static String place(String endpoint) {
        return "webhooks.endpoint/" + endpoint;
    }

    @Override
    public void start() {
        watch.start();
    }

    private void look() {
        while (once() == AT_ONCE && watch.running()) {
            LOG.debug("more is due");
        }
    }

    /// @return how many were due
    int once() {
        List<Sending> due = sendings.take(clock.instant(), AT_ONCE);
        try (ExecutorService some = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(sending -> some.submit(() -> send(sending)));
        }
        return due.size();
    }

    private void send(Sending sending) {
        if (sending.removed()) {
            sendings.done(sending, false, "removed", clock.instant());
            return;
        }
        Post.Answer answer;
        try {
            URI address = URI.create(sending.url());
            String secret = new String(vault.open(sending.secret(), place(sending.endpoint())), StandardCharsets.UTF_8);
            Instant now = clock.instant();
            answer = post.send(address, guard.resolve(address), headers(sending, secret, now), sending.body());
        } catch (ProblemException e) {
            answer = new Post.Answer(0, e.problems().getFirst().sentence());
        }
        sendings.done(sending, answer.taken(), answer.words(), clock.instant());
    }

    private static Map<String, String> headers(Sending sending, String secret, Instant now) {
        String id = "msg_" + sending.message();
        return Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "sampan",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now.getEpochSecond()),
                "webhook-signature",
                Signature.of(id, now.getEpochSecond(), sending.body(), secret));
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
