package dev.sampan.payments.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Payments;
import dev.sampan.payments.Payments.Imported;
import dev.sampan.payments.Payments.Told;
import dev.sampan.payments.Reconciliation;
import dev.sampan.payments.Reconciliations;
import dev.sampan.payments.Refund;
import dev.sampan.shell.Viewer;
import dev.sampan.spec.PaymentsSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// Money that came and went, for the team.
@Controller
public class PaymentPages {
    private static final int SHOWN = 100;

    private final Payments payments;
    private final PaymentSetup setup;
    private final Accounts accounts;
    private final Reconciliations reconciliations;

    PaymentPages(Payments payments, PaymentSetup setup, Accounts accounts, Reconciliations reconciliations) {
        this.payments = payments;
        this.reconciliations = reconciliations;
        this.setup = setup;
        this.accounts = accounts;
    }

    /// @param set null before the first `payments.yaml`
    /// @param odd what was told and somebody must look at
    /// @param names of customers by id
    public record PaymentsView(
            @Nullable PaymentsSpec set,
            @Nullable Problem trouble,
            List<Payment> recent,
            List<Told> odd,
            Map<TenantId, String> names) {
        public PaymentsView {
            recent = List.copyOf(recent);
            odd = List.copyOf(odd);
            names = Map.copyOf(names);
        }

        public String name(Payment payment) {
            return names.getOrDefault(payment.tenant(), payment.tenant().toString());
        }
    }

    public record LinkView(PaymentLink link, String customer, List<Payment> payments) {}

    /// @param byHand whether its arrival is marked by a member
    public record PaymentView(
            Payment payment,
            String customer,
            List<Refund> refunds,
            List<Dispute> disputes,
            List<Told> told,
            boolean byHand) {
        public String path() {
            return "/payments/" + payment.id();
        }

        /// What is left to be given back.
        public Money left() {
            return refunds.stream()
                    .filter(one -> one.state() != Refund.State.FAILED)
                    .map(Refund::amount)
                    .reduce(payment.amount(), Money::minus);
        }

        public boolean refundable() {
            return payment.state() == Payment.State.PAID
                    && left().nanos() > 0
                    && disputes.stream().allMatch(one -> one.state() == Dispute.State.WON);
        }

        /// What an amount field accepts as its smallest step.
        public String step() {
            return PaymentPages.step(payment.amount().currency());
        }
    }

    @GetMapping("/payments")
    ModelAndView list() {
        Map<TenantId, String> names =
                accounts.customers().stream().collect(Collectors.toMap(Organisation::id, Organisation::name));
        return new ModelAndView(
                "payments/payments",
                "view",
                new PaymentsView(
                        setup.inForce().orElse(null),
                        setup.trouble().orElse(null),
                        payments.recent(SHOWN),
                        payments.odd(SHOWN),
                        names));
    }

    /// @param imported what came of a statement just now; null otherwise
    public record BooksView(
            List<Reconciliation> days,
            List<String> banks,
            @Nullable Imported imported) {
        public BooksView {
            days = List.copyOf(days);
            banks = List.copyOf(banks);
        }
    }

    @GetMapping("/payments/books")
    ModelAndView books() {
        return books(null);
    }

    @PostMapping("/payments/books")
    String compare(@RequestParam String day) {
        reconciliations.compare(Days.parsed(day));
        return "redirect:/payments/books";
    }

    @PostMapping("/payments/statement")
    ModelAndView statement(
            @RequestParam String provider, @RequestParam MultipartFile file, @AuthenticationPrincipal Viewer viewer)
            throws IOException {
        return books(payments.importStatement(provider, file.getBytes(), viewer.actor()));
    }

    private ModelAndView books(@Nullable Imported imported) {
        List<String> banks = setup.inForce().stream()
                .flatMap(set -> set.providers().stream())
                .filter(PaymentsSpec.Bank.class::isInstance)
                .map(PaymentsSpec.Provider::name)
                .toList();
        return new ModelAndView(
                "payments/books", "view", new BooksView(reconciliations.latest(SHOWN), banks, imported));
    }

    @PostMapping("/payments/links")
    String ask(
            @RequestParam String customer,
            @RequestParam BigDecimal amount,
            @RequestParam String currency,
            @AuthenticationPrincipal Viewer viewer) {
        PaymentLink link = payments.createLink(
                TenantId.parse(customer), money(amount, Currency.getInstance(currency)), viewer.actor());
        return "redirect:/payments/links/" + link.id();
    }

    @GetMapping("/payments/links/{id}")
    ModelAndView link(@PathVariable String id) {
        PaymentLink link = payments.link(parsed(id))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("payments.link.not_found", "There is no payment link " + id + ".")));
        return new ModelAndView(
                "payments/link", "view", new LinkView(link, customer(link.tenant()), payments.paymentsOf(link.id())));
    }

    @GetMapping("/payments/{id}")
    ModelAndView payment(@PathVariable String id) {
        Payment payment = find(id);
        boolean byHand = setup.inForce()
                .flatMap(set -> set.provider(payment.provider()))
                .filter(PaymentsSpec.Bank.class::isInstance)
                .isPresent();
        return new ModelAndView(
                "payments/payment",
                "view",
                new PaymentView(
                        payment,
                        customer(payment.tenant()),
                        payments.refunds(payment.id()),
                        payments.disputes(payment.id()),
                        payments.told(payment.id(), SHOWN),
                        byHand));
    }

    @PostMapping("/payments/{id}/ask")
    String askProvider(@PathVariable String id) {
        return "redirect:/payments/" + payments.ask(find(id).id()).id();
    }

    @PostMapping("/payments/{id}/refunds")
    String refund(
            @PathVariable String id,
            @RequestParam BigDecimal amount,
            @RequestParam String reason,
            @AuthenticationPrincipal Viewer viewer) {
        Payment payment = find(id);
        String why = reason.isBlank() ? "–" : reason.strip();
        payments.refund(payment.id(), money(amount, payment.amount().currency()), why, viewer.actor());
        return "redirect:/payments/" + payment.id();
    }

    @PostMapping("/payments/{id}/arrived")
    String arrived(
            @PathVariable String id,
            @RequestParam BigDecimal amount,
            @RequestParam String entry,
            @AuthenticationPrincipal Viewer viewer) {
        Payment payment = find(id);
        payments.arrived(payment.id(), money(amount, payment.amount().currency()), entry.strip(), viewer.actor());
        return "redirect:/payments/" + payment.id();
    }

    /// The smallest amount of a currency, as an amount field takes its `step`.
    static String step(Currency currency) {
        return BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits()).toPlainString();
    }

    static Money money(BigDecimal amount, Currency currency) {
        if (amount.stripTrailingZeros().scale() > currency.getDefaultFractionDigits() || amount.precision() > 12) {
            throw new ProblemException(
                    Problem.of("payments.bad_amount", amount.toPlainString() + " " + currency + " cannot be paid"));
        }
        return Money.of(amount, currency);
    }

    private Payment find(String id) {
        return payments.payment(parsed(id)).orElseThrow(() -> unknown(id));
    }

    private static Ulid parsed(String id) {
        try {
            return Ulid.parse(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.of("payments.payment.not_found", "There is no payment " + id + "."));
    }

    private String customer(TenantId id) {
        return accounts.organisation(id).map(Organisation::name).orElse(id.toString());
    }
}
