package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Billing.UsageSum;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.shell.Viewer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Usage by day, model or key, of one customer or of all, as a page and as CSV. The filter stands in the
/// address.
@Controller
public class UsagePages {
    private static final Set<String> GROUPS = Set.of("day", "model", "key");
    private static final int DAYS_SHOWN = 14;

    private final Accounts accounts;
    private final Billing billing;
    private final Clock clock = Clock.systemUTC();

    UsagePages(Accounts accounts, Billing billing) {
        this.accounts = accounts;
        this.billing = billing;
    }

    @GetMapping("/usage")
    ModelAndView usage(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        Filter filter = filter(chosen(customer), by, from, to);
        return new ModelAndView(
                "billing/usage", "view", new UsageView("/usage", accounts.customers(), filter, sums(filter)));
    }

    @GetMapping("/usage.csv")
    ResponseEntity<byte[]> csv(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        return csv(filter(chosen(customer), by, from, to));
    }

    /// A customer's own, whose name stands in the session.
    @GetMapping("/portal/usage")
    ModelAndView own(
            @AuthenticationPrincipal Viewer viewer,
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        Filter filter = filter(own(viewer), by, from, to);
        return new ModelAndView(
                "billing/usage", "view", new UsageView("/portal/usage", List.of(), filter, sums(filter)));
    }

    @GetMapping("/portal/usage.csv")
    ResponseEntity<byte[]> ownCsv(
            @AuthenticationPrincipal Viewer viewer,
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        return csv(filter(own(viewer), by, from, to));
    }

    private Organisation own(Viewer viewer) {
        return accounts.organisation(viewer.tenant()).orElseThrow();
    }

    private ResponseEntity<byte[]> csv(Filter filter) {
        StringBuilder text = new StringBuilder("\uFEFF"); // tells spreadsheets that it is UTF-8
        text.append(Csv.line(List.of(filter.by(), "calls", "units", "amount", "currency")));
        for (UsageSum sum : sums(filter)) {
            text.append(Csv.line(List.of(
                    sum.group(),
                    String.valueOf(sum.calls()),
                    String.valueOf(sum.units()),
                    sum.amount().amount().stripTrailingZeros().toPlainString(),
                    sum.amount().currency().getCurrencyCode())));
        }
        String name = "usage-" + filter.from() + "-" + filter.to() + ".csv";
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// @param from first day, UTC
    /// @param to last day, UTC, included
    public record Filter(@Nullable Organisation customer, String by, LocalDate from, LocalDate to) {
        /// The same as an address's query.
        public String query() {
            return "customer=" + (customer == null ? "" : customer.id()) + "&by=" + by + "&from=" + from + "&to=" + to;
        }

        public Filter by(String other) {
            return new Filter(customer, other, from, to);
        }
    }

    private @Nullable Organisation chosen(String customer) {
        return accounts.customers().stream()
                .filter(one -> one.id().toString().equals(customer))
                .findFirst()
                .orElse(null);
    }

    private Filter filter(@Nullable Organisation customer, String by, String from, String to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate last = to.isEmpty() ? today : day(to);
        LocalDate first = from.isEmpty() ? last.minusDays(DAYS_SHOWN - 1L) : day(from);
        if (first.isAfter(last) || first.isBefore(last.minusYears(1))) {
            throw new ProblemException(Problem.of("billing.range", "From " + first + " to " + last + " is no range.")
                    .remedy("Choose a first day that is not after the last, and at most a year."));
        }
        return new Filter(customer, GROUPS.contains(by) ? by : "day", first, last);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.of("billing.day", "'" + text + "' is not a day.").remedy("Write it as 2026-01-31."), e);
        }
    }

    /// All customers' sums of a group become one, currencies apart.
    private List<UsageSum> sums(Filter filter) {
        Instant from = filter.from().atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = filter.to().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Organisation chosen = filter.customer();
        List<Organisation> customers = chosen == null ? accounts.customers() : List.of(chosen);
        Map<String, UsageSum> sums = new LinkedHashMap<>();
        for (Organisation customer : customers) {
            for (UsageSum sum : billing.usage(customer.id(), from, to, filter.by())) {
                String key = sum.group() + " " + sum.amount().currency();
                sums.merge(key, sum, UsagePages::plus);
            }
        }
        return filter.by().equals("day")
                ? sums.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList()
                : List.copyOf(sums.values());
    }

    private static UsageSum plus(UsageSum one, UsageSum other) {
        return new UsageSum(
                one.group(),
                one.calls() + other.calls(),
                one.units() + other.units(),
                one.amount().plus(other.amount()));
    }
}
