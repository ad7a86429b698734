package dev.sampan.payments.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.Payments;
import dev.sampan.spec.PaymentsSpec.Provider;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Where a customer pays without signing in: whoever has the link sees the amount and the ways to pay it, and
/// nothing else of the customer.
@Controller
public class PayPages {
    private final Payments payments;
    private final Accounts accounts;

    PayPages(Payments payments, Accounts accounts) {
        this.payments = payments;
        this.accounts = accounts;
    }

    /// @param seller the team's name
    /// @param open begun and neither paid nor over
    /// @param code of the open one, where it is scanned
    public record PayView(
            PaymentLink link,
            String seller,
            String customer,
            List<Provider> ways,
            @Nullable Payment open,
            @Nullable QrCode code,
            @Nullable Payment paid,
            boolean expired) {
        public PayView {
            ways = List.copyOf(ways);
        }

        public String path() {
            return "/pay/" + link.token();
        }

        /// Other ways than the open one.
        public List<Provider> others() {
            return open == null
                    ? ways
                    : ways.stream()
                            .filter(way -> !way.name().equals(open.provider()))
                            .toList();
        }
    }

    @GetMapping("/pay/{token}")
    ModelAndView page(@PathVariable String token) {
        PaymentLink link = link(token);
        Instant now = Instant.now();
        List<Payment> begun = payments.paymentsOf(link.id());
        Payment paid = begun.stream()
                .filter(one -> one.state() == State.PAID)
                .findFirst()
                .orElse(null);
        Payment open = begun.stream()
                .filter(one -> one.state() == State.OPEN
                        && one.checkout() != null
                        && one.expiresAt().isAfter(now))
                .findFirst()
                .orElse(null);
        PayView view = new PayView(
                link,
                accounts.team().name(),
                accounts.organisation(link.tenant()).map(Organisation::name).orElse(""),
                payments.ways(link.amount()),
                open,
                code(open),
                paid,
                !link.expiresAt().isAfter(now));
        return new ModelAndView("payments/pay", "view", view);
    }

    private static @Nullable QrCode code(@Nullable Payment open) {
        Payment.Shown shown = open == null ? null : open.checkout();
        String code = shown == null ? null : shown.qr();
        return code == null ? null : QrCode.of(code);
    }

    @PostMapping("/pay/{token}")
    String begin(@PathVariable String token, @RequestParam String provider) {
        payments.begin(link(token), provider);
        return "redirect:/pay/" + token;
    }

    /// For whoever has paid and does not want to wait until the provider tells.
    @PostMapping("/pay/{token}/ask")
    String ask(@PathVariable String token) {
        payments.paymentsOf(link(token).id()).stream()
                .filter(one -> one.state() == State.OPEN)
                .forEach(one -> payments.ask(one.id()));
        return "redirect:/pay/" + token;
    }

    private PaymentLink link(String token) {
        return payments.link(token)
                .orElseThrow(() ->
                        new ProblemException(Problem.of("payments.link.not_found", "There is no such payment link.")
                                .remedy("Ask whoever sent it to you for a new one.")));
    }
}
