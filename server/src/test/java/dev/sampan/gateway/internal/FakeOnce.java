package dev.sampan.gateway.internal;

import dev.sampan.gateway.Once;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Answers in memory.
final class FakeOnce implements Once {
    final Map<String, Ask> running = new ConcurrentHashMap<>();
    final Map<String, Ask> kept = new ConcurrentHashMap<>();
    final Map<String, Answered> answers = new ConcurrentHashMap<>();
    volatile boolean paid;

    @Override
    public CompletionStage<Found> begin(Ask ask) {
        Ask before = kept.getOrDefault(ask.key(), running.get(ask.key()));
        if (before != null && !before.body().equals(ask.body())) {
            return CompletableFuture.completedFuture(Refused.MISMATCH);
        }
        Answered answer = answers.get(ask.key());
        if (answer != null) {
            return CompletableFuture.completedFuture(answer == Answered.NONE ? Refused.NOT_KEPT : new Kept(answer));
        }
        return CompletableFuture.completedFuture(
                running.putIfAbsent(ask.key(), ask) == null ? new Fresh(paid) : Refused.RUNNING);
    }

    @Override
    public CompletionStage<?> keep(Ask ask, Answered answer) {
        kept.put(ask.key(), ask);
        answers.put(ask.key(), answer);
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public void free(Ask ask) {
        running.remove(ask.key(), ask);
    }
}
