package dev.sampan.shell.internal;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/// Where a sign-in leads: on to the page that was asked for, or back to the form with one of two answers. The
/// answers do not tell whether the name exists.
final class SignInOutcome extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler {
    private static final AuthenticationEntryPoint FORM = new LoginUrlAuthenticationEntryPoint("/sign-in");
    private static final AuthenticationEntryPoint UNAUTHORIZED = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);

    /// To the form; 401 for a stream, a fragment or a program, which could not fill it in.
    static void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException, ServletException {
        (wantsNoPage(request) ? UNAUTHORIZED : FORM).commence(request, response, refusal);
    }

    static boolean wantsNoPage(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getHeader("HX-Request") != null
                || path.equals("/live")
                || path.startsWith("/api/")
                || path.equals("/favicon.ico");
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        boolean throttled = refusal instanceof LockedException;
        response.sendRedirect(throttled ? "/sign-in?wait" : "/sign-in?refused");
    }
}
