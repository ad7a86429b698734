package dev.sampan.console.sample;

import dev.sampan.integrity.Inspection;
import dev.sampan.integrity.Inspection.Result;
import dev.sampan.integrity.Integrity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Two inspections, the newer with a break, so that the page shows one.
final class SampleIntegrity implements Integrity {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final boolean empty;

    SampleIntegrity(boolean empty) {
        this.empty = empty;
    }

    @Override
    public Inspection inspect() {
        return latest(1).getFirst();
    }

    @Override
    public List<Inspection> latest(int limit) {
        if (empty) {
            return List.of();
        }
        Result balanced = new Result("ledger.balanced", 1_204, 0, List.of());
        Result broken =
                new Result("wallets.balanced", 3, 1, List.of("The wallet of 01KA holds 5 nanos, its entries say 4"));
        return List.of(
                new Inspection(NOW, Duration.ofMillis(240), List.of(balanced, broken)),
                new Inspection(NOW.minusSeconds(3600), Duration.ofMillis(180), List.of(balanced)));
    }
}
