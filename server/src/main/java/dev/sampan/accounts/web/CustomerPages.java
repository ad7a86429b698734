package dev.sampan.accounts.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Viewer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The organisations that buy calls.
@Controller
public class CustomerPages {
    private static final int NAME_LETTERS_MAX = 120;

    private static final String INVITED = "invited";

    private final Accounts accounts;
    private final ObjectProvider<Members> members;

    CustomerPages(Accounts accounts, ObjectProvider<Members> members) {
        this.accounts = accounts;
        this.members = members;
    }

    public record CustomersView(List<Row> rows, @Nullable Problem problem, String name) {}

    /// @param keys how many are in use
    public record Row(Organisation organisation, long keys) {}

    /// @param people who sign in to the portal
    /// @param invited with his one-time password, on the page that follows the invitation alone
    public record CustomerView(
            Organisation organisation, List<ApiKey> keys, List<Member> people, Members.@Nullable Invitation invited) {}

    @GetMapping("/customers")
    ModelAndView customers() {
        return list(null, "");
    }

    @PostMapping("/customers")
    ModelAndView add(@RequestParam String name, @AuthenticationPrincipal Viewer viewer) {
        String asked = name.strip();
        if (asked.isEmpty() || asked.length() > NAME_LETTERS_MAX) {
            return list(
                    Problem.of("accounts.customer_name", "A name has 1 to 120 letters, this has " + asked.length()),
                    asked);
        }
        try {
            return new ModelAndView("redirect:/customers/"
                    + accounts.createCustomer(asked, viewer.actor()).id());
        } catch (ProblemException refusal) {
            return list(refusal.problems().getFirst(), asked);
        }
    }

    @GetMapping("/customers/{tenant}")
    ModelAndView customer(@PathVariable String tenant, Model model) {
        Organisation organisation = find(tenant);
        List<ApiKey> keys = accounts.keys(organisation.id());
        CustomerView view =
                new CustomerView(organisation, keys, members.getObject().of(organisation.id()), (Members.Invitation)
                        model.getAttribute(INVITED));
        return new ModelAndView("accounts/customer", "view", view);
    }

    /// Answers with a redirect, so that a reload makes no second password.
    @PostMapping("/customers/{tenant}/people")
    String invite(
            @PathVariable String tenant,
            @RequestParam String name,
            @AuthenticationPrincipal Viewer viewer,
            RedirectAttributes once) {
        Organisation organisation = find(tenant);
        once.addFlashAttribute(INVITED, members.getObject().invite(organisation.id(), name.strip(), viewer.actor()));
        return "redirect:/customers/" + organisation.id();
    }

    private Organisation find(String tenant) {
        return accounts.customers().stream()
                .filter(one -> one.id().toString().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.customer.not_found", "There is no customer " + tenant + ".")));
    }

    private ModelAndView list(@Nullable Problem problem, String name) {
        List<Row> rows = accounts.customers().stream()
                .map(customer -> new Row(customer, inUse(customer.id())))
                .toList();
        return new ModelAndView("accounts/customers", "view", new CustomersView(rows, problem, name));
    }

    private long inUse(TenantId customer) {
        return accounts.keys(customer).stream()
                .filter(key -> key.revokedAt() == null)
                .count();
    }
}
