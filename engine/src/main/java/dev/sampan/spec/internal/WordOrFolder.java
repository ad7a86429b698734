package dev.sampan.spec.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of some words, or a folder, which is told from a word by a `/` in it or a `.` before it. Whether the
/// folder is there is seen when it is opened: a file may be read on another machine than it runs on.
record WordOrFolder(List<String> words) implements Type<String> {
    @Override
    public @Nullable String read(Spot spot) {
        String text = spot.node() instanceof Tree.Leaf leaf ? leaf.text() : "";
        boolean folder = text.indexOf('/') >= 0 || text.startsWith(".");
        return folder ? TextTypes.text().read(spot) : TextTypes.word(words).read(spot);
    }

    @Override
    public Object write(String value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("anyOf", List.of(TextTypes.word(words).schema(), Map.of("type", "string", "pattern", "/|^\\.")));
    }
}
