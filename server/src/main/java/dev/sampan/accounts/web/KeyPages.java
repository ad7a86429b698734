package dev.sampan.accounts.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.CallExample;
import dev.sampan.shell.CallExamples;
import dev.sampan.shell.Viewer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Keys: made for a customer, shown once, watched until their first call, revoked.
@Controller
public class KeyPages {
    private static final String SECRET = "secret";
    private static final int NAME_LETTERS_MAX = 80;

    private final Accounts accounts;
    private final FirstCalls firstCalls;
    private final Optional<CallExamples> examples;

    KeyPages(Accounts accounts, FirstCalls firstCalls, Optional<CallExamples> examples) {
        this.accounts = accounts;
        this.firstCalls = firstCalls;
        this.examples = examples;
    }

    /// @param chosen customer whose keys are listed; null for all
    public record KeysView(
            List<Organisation> organisations, @Nullable TenantId chosen, List<Row> rows) {}

    public record Row(Organisation organisation, ApiKey key) {}

    /// @param secret there only on the page that follows the making
    /// @param arrived whether a call with the key was received
    public record KeyView(
            Organisation organisation,
            ApiKey key,
            @Nullable String secret,
            boolean arrived,
            List<CallExample> examples) {
        public String topic() {
            return AccountsConsole.topic(key.id().toString());
        }

        public String path() {
            return "/keys/" + key.tenant() + "/" + key.id();
        }

        /// What stands in the snippets in place of a secret that is gone.
        public String shownKey() {
            return secret == null ? "$SAMPAN_API_KEY" : secret;
        }
    }

    @GetMapping("/keys")
    ModelAndView keys(@RequestParam(defaultValue = "") String customer) {
        List<Organisation> organisations = organisations();
        TenantId chosen = customer.isEmpty() ? null : tenant(customer);
        List<Row> rows = organisations.stream()
                .filter(organisation -> chosen == null || organisation.id().equals(chosen))
                .flatMap(organisation ->
                        accounts.keys(organisation.id()).stream().map(key -> new Row(organisation, key)))
                .sorted(Comparator.comparing((Row row) -> row.key().createdAt()).reversed())
                .toList();
        return new ModelAndView("accounts/keys", "view", new KeysView(organisations, chosen, rows));
    }

    /// Answers with a redirect, so that a reload makes no second key.
    @PostMapping("/keys")
    String create(
            @RequestParam String customer,
            @RequestParam String name,
            @AuthenticationPrincipal Viewer viewer,
            RedirectAttributes once) {
        ApiKey.Minted minted = accounts.createKey(organisation(customer).id(), name(name), viewer.actor());
        once.addFlashAttribute(SECRET, minted.secret());
        return "redirect:/keys/" + minted.key().tenant() + "/" + minted.key().id();
    }

    /// @throws ProblemException `accounts.key_name`
    static String name(String given) {
        String asked = given.strip();
        if (asked.isEmpty() || asked.length() > NAME_LETTERS_MAX) {
            throw new ProblemException(
                    Problem.of("accounts.key_name", "A key needs a name of 1 to 80 letters, this has " + asked.length())
                            .remedy("Name it after the program that will use it, such as shop-backend."));
        }
        return asked;
    }

    @GetMapping("/keys/{tenant}/{id}")
    ModelAndView key(@PathVariable String tenant, @PathVariable String id, Model model) {
        Organisation organisation = organisation(tenant);
        ApiKey key = accounts.keys(organisation.id()).stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> missing("accounts.key.not_found", "There is no key " + id + "."));
        KeyView view = new KeyView(
                organisation,
                key,
                (String) model.getAttribute(SECRET),
                key.lastUsedAt() != null || firstCalls.seen(key.id()),
                examples.map(CallExamples::callExamples).orElse(List.of()));
        return new ModelAndView("accounts/key", "view", view);
    }

    @PostMapping("/keys/{tenant}/{id}/revoke")
    String revoke(@PathVariable String tenant, @PathVariable String id, @AuthenticationPrincipal Viewer viewer) {
        accounts.revokeKey(organisation(tenant).id(), ulid(id), viewer.actor());
        return "redirect:/keys";
    }

    private List<Organisation> organisations() {
        return Stream.concat(accounts.customers().stream(), Stream.of(accounts.team()))
                .toList();
    }

    private Organisation organisation(String id) {
        return accounts.organisation(tenant(id))
                .orElseThrow(() -> missing("accounts.customer.not_found", "There is no organisation " + id + "."));
    }

    private static TenantId tenant(String id) {
        return new TenantId(ulid(id));
    }

    private static Ulid ulid(String id) {
        try {
            return Ulid.parse(id);
        } catch (IllegalArgumentException _) {
            throw missing("accounts.id.not_found", "'" + id + "' is not an identifier.");
        }
    }

    private static ProblemException missing(String code, String sentence) {
        return new ProblemException(Problem.of(code, sentence));
    }
}
