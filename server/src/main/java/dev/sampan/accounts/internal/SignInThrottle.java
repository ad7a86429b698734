package dev.sampan.accounts.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Counts failed tries to sign in: five by one name from one address, fifty by one name from anywhere, within a quarter
/// of an hour. Known and unknown names alike. In memory: a restart forgets, and a restart takes longer than a try.
final class SignInThrottle {
    static final int FROM_ONE_ADDRESS = 5;
    static final int FROM_ANYWHERE = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    private record Failures(int count, long sinceMillis) {}

    /// Counts the try before it is looked at, so that many at once cannot slip through.
    ///
    /// @return whether it may be looked at
    synchronized boolean admits(String name, String address) {
        long now = clock.millis();
        String byName = name.toLowerCase(Locale.ROOT);
        String byAddress = byName + "\n" + address;
        if (count(byAddress, now) >= FROM_ONE_ADDRESS || count(byName, now) >= FROM_ANYWHERE) {
            return false;
        }
        add(byAddress, now);
        add(byName, now);
        return true;
    }

    /// The try was right: it was no failure, and neither were the typing errors before it.
    synchronized void forgive(String name, String address) {
        String byName = name.toLowerCase(Locale.ROOT);
        failures.remove(byName + "\n" + address);
        failures.computeIfPresent(byName, (_, known) -> new Failures(known.count() - 1, known.sinceMillis()));
    }

    private int count(String key, long now) {
        Failures known = failures.get(key);
        return known == null || now - known.sinceMillis() > WINDOW.toMillis() ? 0 : known.count();
    }

    private void add(String key, long now) {
        int before = count(key, now);
        Failures known = failures.get(key);
        long since = before == 0 || known == null ? now : known.sinceMillis();
        failures.put(key, new Failures(before + 1, since));
    }
}
