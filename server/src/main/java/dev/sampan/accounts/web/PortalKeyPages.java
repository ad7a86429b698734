package dev.sampan.accounts.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.CallExample;
import dev.sampan.shell.CallExamples;
import dev.sampan.shell.Viewer;
import java.util.List;
import java.util.Optional;
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

/// A customer's own keys: whose they are stands in the session, never in the address.
@Controller
public class PortalKeyPages {
    private static final String SECRET = "secret";

    private final Accounts accounts;
    private final Optional<CallExamples> examples;

    PortalKeyPages(Accounts accounts, Optional<CallExamples> examples) {
        this.accounts = accounts;
        this.examples = examples;
    }

    /// @param secret there only on the page that follows the making
    public record KeysView(List<ApiKey> keys, @Nullable String secret, List<CallExample> examples) {
        public KeysView {
            keys = List.copyOf(keys);
            examples = List.copyOf(examples);
        }

        /// What stands in the snippets in place of a secret that is gone.
        public String shownKey() {
            return secret == null ? "$SAMPAN_API_KEY" : secret;
        }
    }

    @GetMapping("/portal/keys")
    ModelAndView keys(@AuthenticationPrincipal Viewer viewer, Model model) {
        return new ModelAndView(
                "accounts/portalKeys",
                "view",
                new KeysView(
                        accounts.keys(viewer.tenant()),
                        (String) model.getAttribute(SECRET),
                        examples.map(CallExamples::callExamples).orElse(List.of())));
    }

    /// Answers with a redirect, so that a reload makes no second key.
    @PostMapping("/portal/keys")
    String create(@RequestParam String name, @AuthenticationPrincipal Viewer viewer, RedirectAttributes once) {
        ApiKey.Minted minted = accounts.createKey(viewer.tenant(), KeyPages.name(name), viewer.actor());
        once.addFlashAttribute(SECRET, minted.secret());
        return "redirect:/portal/keys";
    }

    @PostMapping("/portal/keys/{id}/revoke")
    String revoke(@PathVariable String id, @AuthenticationPrincipal Viewer viewer) {
        Ulid key = accounts.keys(viewer.tenant()).stream()
                .map(ApiKey::id)
                .filter(one -> one.toString().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Problem.of("accounts.key.not_found", "There is no key " + id + ".")));
        accounts.revokeKey(viewer.tenant(), key, viewer.actor());
        return "redirect:/portal/keys";
    }
}
