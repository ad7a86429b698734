package dev.sampan.shell.internal;

import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.Page;
import dev.sampan.shell.Viewer;
import gg.jte.Content;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/// Reads from a request what the layout shows.
@Component
final class Pages {
    static final String THEME_COOKIE = "sampan.theme";
    static final Set<String> THEMES = Set.of("auto", "light", "dark");

    private final List<NavigationEntry> entries;
    private final Assets assets;
    private final Clock clock;

    Pages(List<NavigationEntry> entries, Assets assets) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingInt(NavigationEntry::order))
                .toList();
        this.assets = assets;
        this.clock = Clock.systemUTC();
    }

    Page of(HttpServletRequest request, BiFunction<String, String, List<Content>> panels) {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String query = request.getQueryString();
        return new Page(
                viewer(request),
                theme(request),
                request.getRequestURI() + (query == null ? "" : "?" + query),
                navigation(request.getRequestURI(), viewer(request)),
                csrf == null ? "_csrf" : csrf.getParameterName(),
                csrf == null ? "" : csrf.getToken(),
                RequestIds.of(request),
                clock.instant(),
                assets::address,
                panels);
    }

    static @Nullable Viewer viewer(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication signedIn
                        && signedIn.getPrincipal() instanceof Viewer viewer
                ? viewer
                : null;
    }

    private static String theme(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, THEME_COOKIE);
        return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "auto";
    }

    private List<Page.Entries> navigation(String path, @Nullable Viewer viewer) {
        boolean portal = viewer != null && viewer.customer();
        List<Page.Entries> groups = new ArrayList<>();
        for (NavigationEntry.Group group : NavigationEntry.Group.values()) {
            List<Page.Link> links = entries.stream()
                    .filter(entry -> entry.group() == group && group.portal() == portal)
                    .map(entry -> new Page.Link(entry, entry.covers(path)))
                    .toList();
            if (!links.isEmpty()) {
                groups.add(new Page.Entries(group, links));
            }
        }
        return groups;
    }
}
