package dev.sampan.shell;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the layout needs to know of the request; every template gets it as `page`.
///
/// @param viewer null before sign-in
/// @param theme `auto`, `light` or `dark`
/// @param path of the request, with its query: where forms that change the language lead back to
/// @param csrfName and `csrfToken` go into every form as a hidden field
/// @param now one moment for the whole page
/// @param assets file name → address with its content hash
/// @param panels slot, subject → what other rooms show there
public record Page(
        @Nullable Viewer viewer,
        String theme,
        String path,
        List<Entries> navigation,
        String csrfName,
        String csrfToken,
        String requestId,
        Instant now,
        UnaryOperator<String> assets,
        BiFunction<String, String, List<Content>> panels) {
    public Page {
        navigation = List.copyOf(navigation);
    }

    /// The entries of one group.
    public record Entries(NavigationEntry.Group group, List<Link> links) {}

    /// @param current whether the page belongs under this entry
    public record Link(NavigationEntry entry, boolean current) {}

    public String asset(String name) {
        return assets.apply(name);
    }

    public List<Content> panels(String slot, String subject) {
        return panels.apply(slot, subject);
    }
}
