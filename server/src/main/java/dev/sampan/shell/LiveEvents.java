package dev.sampan.shell;

/// The one stream of live events: pages listen to topics by server-sent events.
public interface LiveEvents {
    /// @param topic such as `run/01J…`; whoever may see the page may see its topic
    /// @param name event name, one word
    /// @param data a small record, sent as JSON; what a page needs again after a reload it reads from the database
    void publish(String topic, String name, Object data);
}
