package dev.sampan.payments.internal.provider;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One way to pay, a port. Everything may block for some seconds; nothing is to be called in a transaction.
///
/// All but [#verifyNotification] throw [ProviderTrouble].
public interface PaymentProvider {
    /// Where to pay. Asked again for the same payment it answers the same.
    Checkout createCheckout(Demand demand);

    /// What a notification says, when it is the provider's own and fresh.
    ///
    /// @throws Forged when the signature is wrong, of an unknown key, or too old
    Notice verifyNotification(Notification notification);

    /// How a payment stands now; [Notice.Other] when nothing has happened yet.
    Notice query(Asked payment);

    /// Ends what is open. Where it cannot be ended, or was paid meanwhile, nothing happens: asking tells.
    void close(Asked payment);

    /// Gives money back. Sent again under the same id it changes nothing.
    RefundAnswer refund(RefundDemand demand);

    /// How a refund of ours stands.
    RefundAnswer queryRefund(RefundDemand demand);

    /// What moved on a day of the provider's calendar, for comparison with our books.
    List<Movement> movements(LocalDate day);

    /// Our id of the payment whose money has this id there; empty for money that is none of ours.
    Optional<String> paymentOf(String paidAs);

    /// Whether [#movements] says anything.
    default boolean lists() {
        return true;
    }

    /// Of its calendar.
    ZoneId zone();

    /// What a notification is answered with.
    ///
    /// @param taken committed here; otherwise it is to be sent again
    Reply reply(boolean taken);

    /// @param title what whoever pays reads
    /// @param tell where the provider tells what happened
    /// @param back where whoever paid comes back to
    record Demand(Ulid id, Money amount, String title, Instant createdAt, Instant expiresAt, URI tell, URI back) {}

    /// What whoever pays is shown: a code to scan, a page to go to, or lines to write down.
    ///
    /// @param reference the provider's own id, null where there is none yet
    record Checkout(
            @Nullable String reference,
            @Nullable String qr,
            @Nullable URI page,
            List<String> lines) {
        public Checkout {
            lines = List.copyOf(lines);
        }

        public static Checkout qr(String code) {
            return new Checkout(null, code, null, List.of());
        }

        public static Checkout page(@Nullable String reference, URI page) {
            return new Checkout(reference, null, page, List.of());
        }
    }

    /// As it came, byte for byte.
    ///
    /// @param headers by name in lower case
    record Notification(Map<String, String> headers, byte[] body, Instant receivedAt) {
        public Notification {
            headers = Map.copyOf(headers);
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        /// Empty where there is none.
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /// A payment as the provider knows it.
    ///
    /// @param reference of the checkout
    /// @param paidAs the provider's id of the money, null before it is paid
    record Asked(
            Ulid id,
            Money amount,
            @Nullable String reference,
            @Nullable String paidAs) {}

    /// @param id ours
    /// @param whole what the payment was
    record RefundDemand(Ulid id, Asked payment, Money amount, Money whole, String reason, URI tell) {}

    /// @param reference the provider's id of the refund
    record RefundAnswer(RefundState state, @Nullable String reference) {}

    /// How far a refund is.
    enum RefundState {
        /// Nothing is known of it there.
        UNKNOWN,
        ACCEPTED,
        SUCCEEDED,
        FAILED
    }

    /// @param id ours as the provider has it: of the payment, or of the refund; empty where there is none
    /// @param reference the provider's own id of it
    /// @param amount positive, also of a refund
    record Movement(Kind kind, String id, String reference, Money amount) {
        /// What it is.
        public enum Kind {
            PAYMENT,
            REFUND
        }
    }

    record Reply(int status, String contentType, String body) {}
}
