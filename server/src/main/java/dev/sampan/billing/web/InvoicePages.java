package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Billing;
import dev.sampan.billing.CreditNote;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.Plans;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.shell.Viewer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Invoices: all of them, one to read or print, and the same as PDF.
@Controller
public class InvoicePages {
    private final Accounts accounts;
    private final Billing billing;
    private final Plans plans;

    InvoicePages(Accounts accounts, Billing billing, Plans plans) {
        this.accounts = accounts;
        this.billing = billing;
        this.plans = plans;
    }

    /// @param nothing name of the customer who had nothing to invoice just now; empty otherwise
    public record InvoicesView(List<Organisation> customers, List<Invoice> invoices, String nothing) {}

    /// @param list where the list is that it belongs to
    /// @param path of its own page
    /// @param left what is still to pay; null where that is not told
    /// @param notes null where none are given
    public record InvoiceView(
            Invoice invoice,
            String list,
            String path,
            @Nullable BigDecimal left,
            @Nullable List<CreditNote> notes) {
        /// Alone, as it was issued.
        public InvoiceView(Invoice invoice, String list, String path) {
            this(invoice, list, path, null, null);
        }
    }

    @GetMapping("/invoices")
    ModelAndView invoices() {
        return list("");
    }

    @PostMapping("/invoices")
    ModelAndView issue(@RequestParam String customer, @AuthenticationPrincipal Viewer viewer) {
        Organisation organisation = customer(customer);
        Optional<Invoice> issued = billing.issueInvoice(organisation.id(), viewer.actor());
        return issued.map(
                        invoice -> new ModelAndView("redirect:/invoices/" + invoice.tenant() + "/" + invoice.number()))
                .orElseGet(() -> list(organisation.name()));
    }

    @GetMapping("/invoices/{tenant}/{number}")
    ModelAndView invoice(@PathVariable String tenant, @PathVariable String number) {
        Invoice invoice = find(tenant, number);
        InvoiceView view = new InvoiceView(
                invoice,
                "/invoices",
                "/invoices/" + tenant + "/" + number,
                plans.left(invoice.tenant(), number),
                plans.creditNotes(invoice.tenant(), number));
        return new ModelAndView("billing/invoice", "view", view);
    }

    @PostMapping("/invoices/{tenant}/{number}/credit")
    String credit(
            @PathVariable String tenant,
            @PathVariable String number,
            @RequestParam BigDecimal amount,
            @RequestParam String reason,
            @AuthenticationPrincipal Viewer viewer) {
        Invoice invoice = find(tenant, number);
        plans.credit(invoice.tenant(), number, amount, reason.strip(), viewer.actor());
        return "redirect:/invoices/" + tenant + "/" + number;
    }

    /// Its lines and items, for spreadsheets.
    @GetMapping("/invoices/{tenant}/{number}/csv")
    ResponseEntity<String> csv(@PathVariable String tenant, @PathVariable String number) {
        Invoice invoice = find(tenant, number);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(invoice.number() + ".csv")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(InvoiceCsv.of(invoice));
    }

    /// @param language `zh` or `en`: of the person who gets it, not of the one who looks
    @GetMapping("/invoices/{tenant}/{number}/pdf")
    ResponseEntity<byte[]> pdf(
            @PathVariable String tenant,
            @PathVariable String number,
            @RequestParam(defaultValue = "zh") String language) {
        return pdf(billing, find(tenant, number), language);
    }

    static ResponseEntity<byte[]> pdf(Billing billing, Invoice invoice, String language) {
        Locale locale = language.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(invoice.number() + ".pdf")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(billing.pdf(invoice, locale));
    }

    private ModelAndView list(String nothing) {
        List<Organisation> customers = accounts.customers();
        List<Invoice> invoices = customers.stream()
                .flatMap(customer -> billing.invoices(customer.id()).stream())
                .sorted(Comparator.comparing(Invoice::issuedAt).reversed())
                .toList();
        return new ModelAndView("billing/invoices", "view", new InvoicesView(customers, invoices, nothing));
    }

    private Invoice find(String tenant, String number) {
        return billing.invoice(customer(tenant).id(), number)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("billing.invoice.not_found", "There is no invoice " + number + ".")));
    }

    private Organisation customer(String id) {
        return accounts.customers().stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.customer.not_found", "There is no customer " + id + ".")));
    }
}
