package dev.sampan.accounts.web;

import dev.sampan.accounts.KeyUsed;
import dev.sampan.kernel.Ulid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The latest keys whose first call came in: a key's row tells so only to the minute, its page at once.
@Component
class FirstCalls {
    private static final int KEPT = 1_000;

    private final Set<Ulid> keys =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<Ulid, Boolean>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Ulid, Boolean> eldest) {
                    return size() > KEPT;
                }
            }));

    /// Before the page is told, so that it finds what it is told of.
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void remember(KeyUsed first) {
        keys.add(first.keyId());
    }

    boolean seen(Ulid key) {
        return keys.contains(key);
    }
}
