package dev.sampan.shell.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.view.RedirectView;

/// Language and theme, kept in cookies for a year; works without JavaScript.
@Controller
final class Preferences {
    private static final Duration KEPT = Duration.ofDays(365);

    @PostMapping("/preferences")
    RedirectView choose(
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (Languages.KNOWN.contains(Locale.of(language))) {
            keep(Languages.COOKIE, language, request, response);
        }
        if (Pages.THEMES.contains(theme)) {
            keep(Pages.THEME_COOKIE, theme, request, response);
        }
        RedirectView view = new RedirectView(local(back));
        view.setExpandUriTemplateVariables(false);
        return view;
    }

    /// A path of ours, never another site: `//evil` and `/\evil` are addresses to a browser.
    static String local(String back) {
        boolean ours = back.startsWith("/") && !back.startsWith("//") && back.indexOf('\\') < 0;
        return ours && back.chars().noneMatch(letter -> letter < ' ') ? back : "/";
    }

    private static void keep(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .path("/")
                .maxAge(KEPT)
                .sameSite("Lax")
                .httpOnly(true)
                .secure(request.isSecure())
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
