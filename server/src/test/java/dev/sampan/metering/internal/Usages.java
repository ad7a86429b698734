package dev.sampan.metering.internal;

import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.time.Instant;

/// Usage for tests.
final class Usages {
    static final TenantId CUSTOMER = new TenantId(Ulid.next());
    private static final Ulid KEY = Ulid.next();
    private static final Ulid PRICE = Ulid.next();

    private Usages() {}

    static Usage aUsage() {
        return aUsageOf(CUSTOMER);
    }

    static Usage aUsageOf(TenantId tenant) {
        return new Usage(
                Ulid.next(),
                tenant,
                KEY,
                "客服-intents",
                Quantities.units(3),
                Money.of("0.006", "CNY"),
                PRICE,
                null,
                Instant.parse("2026-03-01T10:00:00.123Z"));
    }
}
