package dev.sampan.shell;

import java.util.function.BiPredicate;

/// A family of topics that pages may listen to; a room contributes its own as a bean. Topics of no family are
/// refused.
///
/// @param prefix such as `run/`
/// @param visible whether the viewer may listen to the topic with this rest after the prefix
public record LiveTopic(String prefix, BiPredicate<Viewer, String> visible) {}
