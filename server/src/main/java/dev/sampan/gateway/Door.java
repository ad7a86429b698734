package dev.sampan.gateway;

import java.net.URI;

/// Where the API listens.
public interface Door {
    /// Such as `http://127.0.0.1:8000`, with the port in use.
    ///
    /// @throws IllegalStateException before the door is open
    URI address();
}
