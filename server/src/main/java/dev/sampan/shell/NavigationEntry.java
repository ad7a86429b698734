package dev.sampan.shell;

/// One entry of the console's navigation; a room contributes its own as a bean.
///
/// @param titleKey key in the room's language bundle
/// @param path such as `/models`
/// @param order within the group
public record NavigationEntry(Group group, String titleKey, String path, int order) {
    /// 造 · 用 · 卖 · 管.
    public enum Group {
        BUILD,
        USE,
        SELL,
        GOVERN
    }
}
