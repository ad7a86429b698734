package dev.sampan.metering.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.function.Consumer;

/// The records of a group. Texts are `length:1 utf8`, identifiers 16 bytes, money `nanos:8 currency:3`.
///
/// ```
/// hold    = 1 request tenant money
/// settle  = 2 request tenant key price model:text units:8 money receivedAtMillis:8
/// release = 3 request reason:text
/// ```
///
/// A settlement tells everything, so that it can be booked when its hold lies in a segment that is gone.
final class Records {
    /// No record is longer: 1 + 64 + 256 + 8 + 11 + 8, and a share of the group's header.
    static final int BYTES_MAX = 384;

    private static final byte HOLD = 1;
    private static final byte SETTLE = 2;
    private static final byte RELEASE = 3;
    private static final int REASON_BYTES_MAX = 80;

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
        to.put(SETTLE);
        ulid(to, usage.requestId());
        ulid(to, usage.tenant().value());
        ulid(to, usage.keyId());
        ulid(to, usage.priceVersion());
        text(to, usage.model(), CallJournal.MODEL_BYTES_MAX);
        to.putLong(usage.units());
        money(to, usage.amount());
        to.putLong(usage.at().toEpochMilli());
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
                        case SETTLE -> new Settle(usage(group));
                        case RELEASE -> new Release(ulid(group), text(group));
                        default -> throw new IllegalStateException("a journal record of unknown type " + type);
                    });
        }
    }

    private static Usage usage(ByteBuffer from) {
        Ulid request = ulid(from);
        TenantId tenant = new TenantId(ulid(from));
        Ulid key = ulid(from);
        Ulid price = ulid(from);
        String model = text(from);
        long units = from.getLong();
        Money amount = money(from);
        return new Usage(request, tenant, key, model, units, amount, price, Instant.ofEpochMilli(from.getLong()));
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
