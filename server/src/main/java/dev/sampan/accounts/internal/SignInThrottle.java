package dev.sampan.accounts.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Slows guessing down, for known and unknown names alike. By one name from one address four failures are free; after
/// each further one the next try waits, half a minute at first, then twice as long each time, up to a quarter of an
/// hour. By one name from anywhere fifty tries in a quarter of an hour are looked at. What failed is forgotten an hour
/// after the last failure. In memory: a restart forgets, and takes longer than it saves.
final class SignInThrottle {
    static final int FREE = 4;
    static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    static final int FROM_ANYWHERE = 50;
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;
    private static final int LETTERS_MAX = 120;

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

    private static final Failures NONE = new Failures(0, 0, 0);

    private record Failures(int count, long firstMillis, long lastMillis) {
        Failures oneMore(long now) {
            return new Failures(count + 1, firstMillis, now);
        }
    }

    /// Counts the try before it is looked at, so that many at once cannot slip through.
    ///
    /// @return how long to wait; zero when the try may be looked at
    synchronized Duration admit(String name, String address) {
        long now = clock.millis();
        String byName = key(name);
        String byAddress = byName + "\n" + address;
        Failures here = failures.getOrDefault(byAddress, NONE);
        Failures anywhere = failures.getOrDefault(byName, NONE);
        long until = Math.max(backoffEnds(here, now), windowEnds(anywhere, now));
        if (until > now) {
            return Duration.ofMillis(until - now);
        }
        boolean forgotten = now - here.lastMillis() > FORGOTTEN.toMillis();
        failures.put(byAddress, forgotten ? new Failures(1, now, now) : here.oneMore(now));
        boolean newWindow = now - anywhere.firstMillis() >= LONGEST_WAIT.toMillis();
        failures.put(byName, newWindow ? new Failures(1, now, now) : anywhere.oneMore(now));
        return Duration.ZERO;
    }

    /// The try was right: it was no failure, and neither were the typing errors before it.
    synchronized void forgive(String name, String address) {
        String byName = key(name);
        Failures here = failures.remove(byName + "\n" + address);
        int mistakes = here == null ? 0 : here.count();
        failures.computeIfPresent(
                byName,
                (_, all) -> new Failures(Math.max(0, all.count() - mistakes), all.firstMillis(), all.lastMillis()));
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > LETTERS_MAX ? lower.substring(0, LETTERS_MAX) : lower;
    }

    private static long backoffEnds(Failures here, long now) {
        if (now - here.lastMillis() > FORGOTTEN.toMillis() || here.count() <= FREE) {
            return now;
        }
        int doublings = Math.min(here.count() - FREE - 1, Integer.SIZE);
        return here.lastMillis() + Math.min(FIRST_WAIT.toMillis() << doublings, LONGEST_WAIT.toMillis());
    }

    private static long windowEnds(Failures anywhere, long now) {
        return anywhere.count() < FROM_ANYWHERE ? now : anywhere.firstMillis() + LONGEST_WAIT.toMillis();
    }
}
