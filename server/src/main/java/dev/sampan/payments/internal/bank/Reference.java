package dev.sampan.payments.internal.bank;

import dev.sampan.kernel.Ulid;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What whoever transfers money writes down: `SP-` and the last ten letters of the payment's id, 50 random bits,
/// in two groups: `SP-7ZX4K-QM2TD`. Crockford's letters have no I, L, O and U; what people write instead is read
/// as meant.
public final class Reference {
    private static final int LETTERS = 10;
    private static final Pattern WRITTEN =
            Pattern.compile("SP[\\s-]*([0-9A-Z]{5})[\\s-]*([0-9A-Z]{5})(?![0-9A-Z])", Pattern.CASE_INSENSITIVE);

    private Reference() {}

    public static String of(Ulid payment) {
        String letters = tail(payment);
        return "SP-" + letters.substring(0, LETTERS / 2) + "-" + letters.substring(LETTERS / 2);
    }

    /// The last letters of a payment's id, as [#in] finds them.
    public static String tail(Ulid payment) {
        String id = payment.toString();
        return id.substring(id.length() - LETTERS);
    }

    /// The letters of the one reference in a text.
    public static Optional<String> in(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.find()) {
            return Optional.empty();
        }
        String letters = (written.group(1) + written.group(2))
                .toUpperCase(java.util.Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Optional.of(letters);
    }
}
