package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.internal.supply.Relays;
import dev.sampan.limits.Limiter;
import dev.sampan.serving.Serving;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The life of a call, in order. This list is the documentation.
final class Steps {
    private Steps() {}

    /// The rooms behind the door.
    record Behind(
            Accounts accounts,
            Purse purse,
            Serving serving,
            Relays relays,
            Limiter limiter,
            Supplier<@Nullable Once> once) {}

    static List<Step> of(Behind behind, Limits limits, Executor pool, InstantSource clock) {
        return List.of(
                new Identify(behind.accounts), // who calls: the key, from memory
                new Admit(limits, behind.serving, behind.relays, clock), // what is asked: room, body, model
                new Recall(behind.once), // whether it was made before: then it is answered as then
                new Allow(behind.limiter), // how much is called: requests, tokens, calls at once
                new Reserve(behind.purse), // money for the dearest outcome is held
                new AllowSpend(), // and may be spent
                new Choose(behind.serving), // which deployment answers
                new Run(
                        behind.serving,
                        behind.relays,
                        pool,
                        new Attempts(behind.purse)), // a model answers, off this thread
                new Settle(behind.purse), // what was used is charged, and durable
                new Keep(), // what can be asked for again is durable, too
                new Answer()); // only now the answer leaves
    }
}
