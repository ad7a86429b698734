package dev.sampan.catalog.web;

import dev.sampan.catalog.Catalog;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Manifests by content. Opening a package checks every file of it, which a page need not wait for twice:
/// content never changes.
@Component
class Manifests {
    private static final int KEPT = 32;

    private final Catalog catalog;
    private final Map<Sha256, Manifest> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Manifest> eldest) {
            return size() > KEPT;
        }
    });

    Manifests(Catalog catalog) {
        this.catalog = catalog;
    }

    Manifest of(Sha256 content) {
        Manifest manifest = known.get(content);
        if (manifest == null) {
            manifest = catalog.open(content).manifest();
            known.put(content, manifest);
        }
        return manifest;
    }
}
