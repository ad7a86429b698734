package dev.sampan.payments;

import java.util.Map;

/// What providers tell.
public interface Notifications {
    /// Reads, checks, books. Returns after the commit; what is thrown means that nothing was booked, and that the
    /// provider must hear of a failure and send again.
    ///
    /// @param provider name of the set in force, from the address
    /// @param headers by name in lower case
    /// @param body as it came, byte for byte
    Answer take(String provider, Map<String, String> headers, byte[] body);

    /// What the provider is answered with.
    record Answer(int status, String contentType, String body) {}
}
