package dev.sampan.studio.tracking;

import java.util.List;
import java.util.Locale;

/// What is deleted is only put away: it can be restored.
public enum Lifecycle {
    ACTIVE,
    DELETED;

    /// As it stands in the database and in MLflow's answers.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Lifecycle of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// Which ones a list shows.
    public enum View {
        ACTIVE_ONLY(List.of(ACTIVE)),
        DELETED_ONLY(List.of(DELETED)),
        ALL(List.of(ACTIVE, DELETED));

        private final List<Lifecycle> shown;

        View(List<Lifecycle> shown) {
            this.shown = shown;
        }

        String[] texts() {
            return shown.stream().map(Lifecycle::text).toArray(String[]::new);
        }
    }
}
