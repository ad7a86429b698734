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
        boolean home = path.equals("/") || path.equals("/portal");
        return requestPath.equals(path) || !home && requestPath.startsWith(path + "/");
    }

    /// 造 · 用 · 卖 · 管, and 客 for customers.
    public enum Group {
        BUILD("造"),
        USE("用"),
        SELL("卖"),
        GOVERN("管"),
        /// The customers' own side.
        PORTAL("客");

        private final String seal;

        Group(String seal) {
            this.seal = seal;
        }

        /// Whether it is for customers' people, and for nobody else.
        public boolean portal() {
            return this == PORTAL;
        }

        /// The group's one character, drawn in every language.
        public String seal() {
            return seal;
        }
    }
}
