package dev.sampan.shell;

import java.util.Optional;

/// A part of a page that belongs to another room: the price on a model's page, the wallet on a customer's. Lets
/// a page show what its own room may not know. A bean.
public interface Panel {
    /// The page's place for panels: `model`, `customer`.
    String slot();

    /// Within the slot, ascending.
    int order();

    /// @param subject what the page is about: a model's name, a tenant's id
    /// @return template and view, or empty when there is nothing to show
    Optional<Screen> show(Viewer viewer, String subject);

    /// @param template such as `billing/price`, without ending
    /// @param view the template's `view` parameter
    record Screen(String template, Object view) {}
}
