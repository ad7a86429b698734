package dev.sampan.spec;

import java.util.Map;

/// Block `track`: where the run stands among others.
///
/// @param experiment whose runs it is compared with
/// @param tags of the run, by key
public record TrackSpec(String experiment, Map<String, String> tags) {
    public TrackSpec {
        tags = Map.copyOf(tags);
    }
}
