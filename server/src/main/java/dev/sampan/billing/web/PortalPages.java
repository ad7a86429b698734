package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Billing.UsageSum;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.web.InvoicePages.InvoiceView;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.shell.Viewer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// A customer's own money: balance, what this month has cost, invoices. Whose it is stands in the session, never
/// in the address.
@Controller
public class PortalPages {
    private static final int INVOICES_SHOWN = 3;

    private final Accounts accounts;
    private final Billing billing;
    private final InstantSource clock = InstantSource.system();

    PortalPages(Accounts accounts, Billing billing) {
        this.accounts = accounts;
        this.billing = billing;
    }

    /// @param customer his name
    /// @param month what each model has cost since the first of the month, UTC
    /// @param invoices the newest
    public record PortalView(
            String customer, String tenant, Balance balance, List<UsageSum> month, List<Invoice> invoices) {
        public PortalView {
            month = List.copyOf(month);
            invoices = List.copyOf(invoices);
        }

        public long calls() {
            return month.stream().mapToLong(UsageSum::calls).sum();
        }

        public Money spent() {
            return month.stream()
                    .map(UsageSum::amount)
                    .reduce(new Money(0, balance.available().currency()), Money::plus);
        }
    }

    public record OwnInvoicesView(List<Invoice> invoices) {
        public OwnInvoicesView {
            invoices = List.copyOf(invoices);
        }
    }

    @GetMapping("/portal")
    ModelAndView home(@AuthenticationPrincipal Viewer viewer) {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
        List<UsageSum> month = billing.usage(
                viewer.tenant(),
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                clock.instant().plusSeconds(1),
                "model");
        PortalView view = new PortalView(
                accounts.organisation(viewer.tenant()).orElseThrow().name(),
                viewer.tenant().toString(),
                billing.balance(viewer.tenant()),
                month,
                billing.invoices(viewer.tenant()).stream().limit(INVOICES_SHOWN).toList());
        return new ModelAndView("billing/portal", "view", view);
    }

    @GetMapping("/portal/invoices")
    ModelAndView invoices(@AuthenticationPrincipal Viewer viewer) {
        return new ModelAndView(
                "billing/portalInvoices", "view", new OwnInvoicesView(billing.invoices(viewer.tenant())));
    }

    @GetMapping("/portal/invoices/{number}")
    ModelAndView invoice(@PathVariable String number, @AuthenticationPrincipal Viewer viewer) {
        return new ModelAndView(
                "billing/invoice",
                "view",
                new InvoiceView(find(viewer, number), "/portal/invoices", "/portal/invoices/" + number));
    }

    @GetMapping("/portal/invoices/{number}/pdf")
    ResponseEntity<byte[]> pdf(
            @PathVariable String number,
            @RequestParam(defaultValue = "zh") String language,
            @AuthenticationPrincipal Viewer viewer) {
        return InvoicePages.pdf(billing, find(viewer, number), language);
    }

    private Invoice find(Viewer viewer, String number) {
        return billing.invoice(viewer.tenant(), number)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("billing.invoice.not_found", "There is no invoice " + number + ".")));
    }
}
