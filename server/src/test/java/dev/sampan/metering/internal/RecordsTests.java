package dev.sampan.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTests {
    private static final TenantId TENANT = new TenantId(new Ulid(2, 1));

    /// What the version before funds wrote: a hold, a settlement of units, one of tokens, and a release.
    private static final String BEFORE_FUNDS = """
            010000000000000001000000000000000100000000000000020000000000000001000000001dcd6500434e590200000000000000
            01000000000000000100000000000000020000000000000001000000000000000300000000000000010000000000000004000000
            000000000107696e74656e7473000000000000000300000000005b8d80434e590000019b76daa87b0400000000000000010000
            00000000000200000000000000020000000000000001000000000000000300000000000000010000000000000004000000000000
            000104636861740305696e70757400000000000000c80c6361636865645f696e7075740000000000000258066f75747075740000
            000000000064000000000027ac40434e590000019b76daa9c80108646565707365656b01010000000000124f8055534403000000
            000000000100000000000000030b636c69656e7420676f6e65
            """.replaceAll("\\s", "");

    private static Usage usage(long id, String model, Quantities quantities, String amount) {
        Supply supply = quantities.unitsOnly()
                ? null
                : new Supply("deepseek", Money.of("0.0012", "USD"), Supply.Source.ESTIMATED);
        long at = quantities.unitsOnly() ? 1767225600123L : 1767225600456L;
        return new Usage(
                new Ulid(1, id),
                TENANT,
                new Ulid(3, 1),
                model,
                quantities,
                Money.of(amount, "CNY"),
                new Ulid(4, 1),
                supply,
                Instant.ofEpochMilli(at));
    }

    private static List<Records.Record> read(ByteBuffer bytes) {
        List<Records.Record> read = new ArrayList<>();
        Records.read(bytes, read::add);
        return read;
    }

    @Test
    void aJournalOfTheVersionBeforeFundsIsReadAsItWasMeant() {
        List<Records.Record> meant = List.of(
                new Records.Hold(new Ulid(1, 1), TENANT, Money.of("0.5", "CNY")),
                new Records.Settle(usage(1, "intents", Quantities.units(3), "0.006")),
                new Records.Settle(usage(2, "chat", Quantities.tokens(200, 600, 100), "0.0026")),
                new Records.Release(new Ulid(1, 3), "client gone"));
        assertThat(read(ByteBuffer.wrap(HexFormat.of().parseHex(BEFORE_FUNDS)))).isEqualTo(meant);
    }

    @Test
    void whatOnlyThisVersionKnowsComesBackWhole() {
        Quantities all = Quantities.NONE;
        for (Meter meter : Meter.values()) {
            all = all.with(meter, Long.MAX_VALUE / 16 - meter.ordinal());
        }
        Usage most = usage(1, "模".repeat(85), all, "9000000000");
        Supply supply = new Supply("s".repeat(64), Money.of("1", "CNY"), Supply.Source.PROVIDER);
        Usage whole = new Usage(
                most.requestId(),
                TENANT,
                most.keyId(),
                most.model(),
                all,
                most.amount(),
                most.priceVersion(),
                200_000,
                supply,
                new Usage.Drawn(new Ulid(5, 5), 77),
                most.at());
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        Records.settle(bytes, whole);
        assertThat(bytes.position()).isLessThanOrEqualTo(Records.BYTES_MAX - Format.GROUP_HEADER_BYTES);
        assertThat(read(bytes.flip())).containsExactly(new Records.Settle(whole));
    }
}
