package dev.sampan.accounts.web;

import dev.sampan.kernel.Problem;
import dev.sampan.shell.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Sign-in, and choosing a password of one's own.
@Controller
public class SignInPages {
    private final ObjectProvider<Credentials> credentials;

    SignInPages(ObjectProvider<Credentials> credentials) {
        this.credentials = credentials;
    }

    /// @param answer key of what the last attempt came to; null on the first visit
    public record SignInView(@Nullable String answer) {}

    /// @param forced after a one-time password: no page opens before this one is done
    public record PasswordView(boolean forced, @Nullable Problem problem) {}

    @GetMapping("/sign-in")
    ModelAndView signIn(
            @RequestParam @Nullable String refused,
            @RequestParam @Nullable String wait,
            @RequestParam @Nullable String left) {
        String answer = null;
        if (refused != null) {
            answer = "accounts.sign_in.refused";
        } else if (wait != null) {
            answer = "accounts.sign_in.wait";
        } else if (left != null) {
            answer = "accounts.sign_in.left";
        }
        return new ModelAndView("accounts/signIn", "view", new SignInView(answer));
    }

    @GetMapping("/password")
    ModelAndView password(@AuthenticationPrincipal Viewer viewer) {
        return passwordForm(viewer, null);
    }

    @PostMapping("/password")
    ModelAndView choose(
            @RequestParam String old,
            @RequestParam String chosen,
            @RequestParam String repeated,
            @AuthenticationPrincipal Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!chosen.equals(repeated)) {
            return passwordForm(viewer, Problem.of("accounts.passwords_differ", "The two new passwords differ."));
        }
        Optional<Problem> problem = credentials.getObject().changePassword(viewer, old, chosen);
        if (problem.isPresent()) {
            return passwordForm(viewer, problem.get());
        }
        renew(viewer.withOwnPassword(), request, response);
        return new ModelAndView("redirect:/");
    }

    /// The session goes on under a new id, so that one taken before the change is worth nothing after it.
    private static void renew(Viewer viewer, HttpServletRequest request, HttpServletResponse response) {
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(MemberSignIn.signedIn(viewer));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }

    private static ModelAndView passwordForm(Viewer viewer, @Nullable Problem problem) {
        return new ModelAndView("accounts/password", "view", new PasswordView(viewer.mustChangePassword(), problem));
    }
}
