package dev.sampan.metering.internal;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The records of a group. Texts are `length:1 utf8`, identifiers 16 bytes, money `nanos:8 currency:3`.
///
/// ```
/// hold    = 1 request tenant money
/// settle  = 2 request tenant key price model:text units:8 money receivedAtMillis:8
/// release = 3 request reason:text
/// metered = 4 request tenant key price model:text meters:1 (meter:text count:8)* money receivedAtMillis:8
///             supplied:1 [supplier:text source:1 costed:1 [money]]
/// funded  = 5 as metered, then fromPrompt:8 drawn:1 [fund count:8]
/// ```
///
/// A settlement tells everything, so that it can be booked when its hold lies in a segment that is gone. `settle`
/// is that of a call of units alone which the wallet pays, `funded` that of one at a higher tier of its price or
/// paid by a fund, `metered` that of every other.
final class Records {
    /// No record is longer: 1 + 64 + 256 + 1 + 9 × 21 + 11 + 8 + 1 + 65 + 2 + 11 + 9 + 24, and a share of the
    /// group's header.
    static final int BYTES_MAX = 688;

    private static final byte HOLD = 1;
    private static final byte SETTLE = 2;
    private static final byte RELEASE = 3;
    private static final byte METERED = 4;
    private static final byte FUNDED = 5;
    private static final int REASON_BYTES_MAX = 80;
    private static final int METER_BYTES_MAX = 12;

    private Records() {}

    /// What the journal says of a call.
    sealed interface Record {}

    record Hold(Ulid requestId, TenantId tenant, Money amount) implements Record {}

    record Settle(Usage usage) implements Record {}

    record Release(Ulid requestId, String reason) implements Record {}

    static void hold(ByteBuffer to, Ulid requestId, TenantId tenant, Money amount) {
        to.put(HOLD);
        ulid(to, requestId);
        ulid(to, tenant.value());
        money(to, amount);
    }

    static void settle(ByteBuffer to, Usage usage) {
        byte type = type(usage);
        to.put(type);
        ulid(to, usage.requestId());
        ulid(to, usage.tenant().value());
        ulid(to, usage.keyId());
        ulid(to, usage.priceVersion());
        text(to, usage.model(), CallJournal.MODEL_BYTES_MAX);
        if (type == SETTLE) {
            to.putLong(usage.quantities().of(Meter.UNIT));
        } else {
            quantities(to, usage.quantities());
        }
        money(to, usage.amount());
        to.putLong(usage.at().toEpochMilli());
        if (type != SETTLE) {
            supply(to, usage.supply());
        }
        if (type == FUNDED) {
            to.putLong(usage.fromPrompt());
            drawn(to, usage.drawn());
        }
    }

    private static byte type(Usage usage) {
        if (usage.drawn() != null || usage.fromPrompt() > 0) {
            return FUNDED;
        }
        return usage.quantities().unitsOnly() && usage.supply() == null ? SETTLE : METERED;
    }

    private static void quantities(ByteBuffer to, Quantities quantities) {
        Map<Meter, Long> counted = quantities.counted();
        to.put((byte) counted.size());
        counted.forEach((meter, count) -> {
            text(to, meter.code(), METER_BYTES_MAX);
            to.putLong(count);
        });
    }

    private static Quantities quantities(ByteBuffer from) {
        Quantities quantities = Quantities.NONE;
        for (int left = from.get(); left > 0; left--) {
            quantities = quantities.with(Meter.of(text(from)), from.getLong());
        }
        return quantities;
    }

    private static void supply(ByteBuffer to, @Nullable Supply supply) {
        to.put((byte) (supply == null ? 0 : 1));
        if (supply == null) {
            return;
        }
        text(to, supply.supplier(), Supply.NAME_BYTES_MAX);
        to.put((byte) supply.source().ordinal());
        Money cost = supply.cost();
        to.put((byte) (cost == null ? 0 : 1));
        if (cost != null) {
            money(to, cost);
        }
    }

    private static @Nullable Supply supply(ByteBuffer from) {
        if (from.get() == 0) {
            return null;
        }
        String supplier = text(from);
        Supply.Source source = Supply.Source.values()[from.get()];
        return new Supply(supplier, from.get() == 0 ? null : money(from), source);
    }

    private static void drawn(ByteBuffer to, Usage.@Nullable Drawn drawn) {
        to.put((byte) (drawn == null ? 0 : 1));
        if (drawn != null) {
            ulid(to, drawn.fund());
            to.putLong(drawn.count());
        }
    }

    private static Usage.@Nullable Drawn drawn(ByteBuffer from) {
        return from.get() == 0 ? null : new Usage.Drawn(ulid(from), from.getLong());
    }

    static void release(ByteBuffer to, Ulid requestId, String reason) {
        to.put(RELEASE);
        ulid(to, requestId);
        text(
                to,
                reason.length() > REASON_BYTES_MAX / 4 ? reason.substring(0, REASON_BYTES_MAX / 4) : reason,
                REASON_BYTES_MAX);
    }

    /// @throws IllegalStateException for what no version of this program wrote, though its checksum is right
    static void read(ByteBuffer group, Consumer<Record> each) {
        while (group.hasRemaining()) {
            byte type = group.get();
            each.accept(
                    switch (type) {
                        case HOLD -> new Hold(ulid(group), new TenantId(ulid(group)), money(group));
                        case SETTLE, METERED, FUNDED -> new Settle(usage(group, type));
                        case RELEASE -> new Release(ulid(group), text(group));
                        default -> throw new IllegalStateException("a journal record of unknown type " + type);
                    });
        }
    }

    private static Usage usage(ByteBuffer from, byte type) {
        Ulid request = ulid(from);
        TenantId tenant = new TenantId(ulid(from));
        Ulid key = ulid(from);
        Ulid price = ulid(from);
        String model = text(from);
        Quantities quantities = type == SETTLE ? Quantities.units(from.getLong()) : quantities(from);
        Money amount = money(from);
        Instant at = Instant.ofEpochMilli(from.getLong());
        Supply supply = type == SETTLE ? null : supply(from);
        long fromPrompt = type == FUNDED ? from.getLong() : 0;
        Usage.Drawn drawn = type == FUNDED ? drawn(from) : null;
        return new Usage(request, tenant, key, model, quantities, amount, price, fromPrompt, supply, drawn, at);
    }

    private static void ulid(ByteBuffer to, Ulid id) {
        to.putLong(id.high()).putLong(id.low());
    }

    private static Ulid ulid(ByteBuffer from) {
        return new Ulid(from.getLong(), from.getLong());
    }

    private static void money(ByteBuffer to, Money amount) {
        String code = amount.currency().getCurrencyCode();
        to.putLong(amount.nanos());
        to.put((byte) code.charAt(0)).put((byte) code.charAt(1)).put((byte) code.charAt(2));
    }

    private static Money money(ByteBuffer from) {
        long nanos = from.getLong();
        char[] code = {(char) from.get(), (char) from.get(), (char) from.get()};
        return new Money(nanos, Currency.getInstance(new String(code)));
    }

    private static void text(ByteBuffer to, String text, int bytesMax) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > bytesMax) {
            throw new IllegalArgumentException("longer than " + bytesMax + " bytes: '" + text + "'");
        }
        to.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.get() & 0xFF];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
