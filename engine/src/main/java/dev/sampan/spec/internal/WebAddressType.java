package dev.sampan.spec.internal;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `https://host/path`, without query, fragment and user; kept without a slash at its end.
record WebAddressType() implements Type<URI> {
    @Override
    public @Nullable URI read(Spot spot) {
        String text = TextTypes.textAt(spot);
        if (text == null) {
            return null;
        }
        URI address = address(text);
        if (address == null) {
            spot.problem(
                    Spot.OUT_OF_RANGE,
                    spot.name() + " is " + Scalars.quoted(text) + ", which is no web address",
                    "Write it as https://api.example.com/v1, without query and password");
        }
        return address;
    }

    private static @Nullable URI address(String text) {
        try {
            URI address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            boolean bare = address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
            return web && bare ? address : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public Object write(URI value) {
        return value.toString();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "format", "uri", "pattern", "^https?://");
    }
}
