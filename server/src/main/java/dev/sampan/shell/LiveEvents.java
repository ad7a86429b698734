package dev.sampan.shell;

/// The one stream of live events: pages listen to topics by server-sent events.
public interface LiveEvents {
    /// Never blocks. A page that is slow loses its oldest events, so what a page needs again after a reload it
    /// reads from the database. After every batch the page also gets one event `changed`, on which it refreshes
    /// its parts.
    ///
    /// @param topic such as `run/01J…`; whoever may see the page may see its topic
    /// @param name event name, one word
    /// @param data a small record, sent as JSON
    void publish(String topic, String name, Object data);
}
