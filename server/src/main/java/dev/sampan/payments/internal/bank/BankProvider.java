package dev.sampan.payments.internal.bank;

import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.spec.PaymentsSpec.Bank;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A bank that tells nothing by itself: its word is the statement, which a member reads or imports. Refunds are
/// transfers that a member makes.
public final class BankProvider implements PaymentProvider {
    private final Bank spec;

    public BankProvider(Bank spec) {
        this.spec = spec;
    }

    @Override
    public Checkout createCheckout(Demand demand) {
        List<String> lines = new ArrayList<>(spec.account());
        lines.add(Reference.of(demand.id()));
        return new Checkout(Reference.of(demand.id()), null, null, lines);
    }

    @Override
    public Notice verifyNotification(Notification notification) {
        throw new Forged("a bank tells nothing here");
    }

    @Override
    public Notice query(Asked payment) {
        return new Notice.Other("statement", "statement");
    }

    @Override
    public void close(Asked payment) {
        // what is transferred all the same is found on the statement
    }

    /// Made by hand; whoever asks for it here is the one who transfers it.
    @Override
    public RefundAnswer refund(RefundDemand demand) {
        return new RefundAnswer(RefundState.SUCCEEDED, "transfer/" + demand.id());
    }

    @Override
    public RefundAnswer queryRefund(RefundDemand demand) {
        return new RefundAnswer(RefundState.UNKNOWN, null);
    }

    @Override
    public Optional<String> paymentOf(String paidAs) {
        return Optional.empty();
    }

    @Override
    public List<Movement> movements(LocalDate day) {
        return List.of();
    }

    @Override
    public boolean lists() {
        return false;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Reply reply(boolean taken) {
        return new Reply(taken ? 200 : 400, "text/plain", "");
    }
}
