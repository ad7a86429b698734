package dev.sampan.shell;

/// One entry of the console's navigation; a room contributes its own as a bean.
///
/// @param titleKey key in the room's language bundle
/// @param path such as `/models`; pages below it keep the entry marked
/// @param order within the group
/// @param icon name of a symbol in the icon sprite
public record NavigationEntry(Group group, String titleKey, String path, int order, String icon) {
    /// Whether a page at `path` belongs under this entry.
    public boolean covers(String requestPath) {
        return requestPath.equals(path) || !path.equals("/") && requestPath.startsWith(path + "/");
    }

    /// 造 · 用 · 卖 · 管.
    public enum Group {
        BUILD("造"),
        USE("用"),
        SELL("卖"),
        GOVERN("管");

        private final String seal;

        Group(String seal) {
            this.seal = seal;
        }

        /// The group's one character, drawn in every language.
        public String seal() {
            return seal;
        }
    }
}
