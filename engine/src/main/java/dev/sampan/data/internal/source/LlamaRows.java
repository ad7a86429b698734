package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rows of a file that `dataset_info.json` describes, under names of our own. Instructions: `instruction`,
/// `input`, `output`, `system`, `history` (JSON list of pairs). Conversations: `messages`, a JSON list of
/// `{"role": "user", "content": "…"}` with the roles system, user, assistant, tool and function, and `system`,
/// `tools`. With ranking `chosen` and `rejected` too; and `images`, `kto_tag` where the file has them.
final class LlamaRows implements SourceRows {
    private static final Map<String, String> INSTRUCTIONS = new LinkedHashMap<>();

    static {
        INSTRUCTIONS.put("instruction", "prompt");
        INSTRUCTIONS.put("input", "query");
        INSTRUCTIONS.put("output", "response");
        INSTRUCTIONS.put("system", "system");
        INSTRUCTIONS.put("history", "history");
    }

    private final DatasetInfo info;
    private final SourceRows rows;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<String> columns;

    LlamaRows(DatasetInfo info, SourceRows rows, @Nullable List<String> wanted) {
        this.info = info;
        this.rows = rows;
        info.columns().forEach((meaning, column) -> {
            int index = rows.columns().indexOf(column);
            if (index >= 0) {
                indices.put(meaning, index);
            }
        });
        for (String needed : needed(info)) {
            if (!indices.containsKey(needed)) {
                Rows.indices(
                        String.valueOf(info.file().getFileName()),
                        rows.columns(),
                        List.of(String.valueOf(info.column(needed))));
            }
        }
        List<String> all = available();
        columns = wanted == null ? all : List.copyOf(wanted);
        Rows.indices(DatasetInfo.FILE + " '" + info.name() + "'", all, columns);
    }

    private static List<String> needed(DatasetInfo info) {
        List<String> needed = new ArrayList<>();
        needed.add(info.chat() ? "messages" : "prompt");
        if (info.ranking()) {
            needed.addAll(List.of("chosen", "rejected"));
        }
        return needed;
    }

    private List<String> available() {
        List<String> all = new ArrayList<>();
        if (info.chat()) {
            all.addAll(List.of("messages", "system", "tools"));
        } else {
            all.addAll(INSTRUCTIONS.keySet());
        }
        if (info.ranking()) {
            all.remove("output");
            all.addAll(List.of("chosen", "rejected"));
        }
        for (String extra : List.of("images", "videos", "audios", "kto_tag")) {
            if (indices.containsKey(extra)) {
                all.add(extra);
            }
        }
        return List.copyOf(all);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public long line() {
        return rows.line();
    }

    @Override
    public @Nullable Row next() throws IOException {
        Row row = rows.next();
        if (row == null) {
            return null;
        }
        List<String> values = new ArrayList<>(columns.size());
        for (String column : columns) {
            values.add(value(column, row));
        }
        return new Row(row.origin(), values);
    }

    private String value(String column, Row row) {
        return switch (column) {
            case "messages" -> messages(row);
            case "chosen", "rejected" -> info.chat() ? answer(column, row) : field(column, row);
            default -> field(info.chat() ? column : INSTRUCTIONS.getOrDefault(column, column), row);
        };
    }

    private String field(String meaning, Row row) {
        Integer index = indices.get(meaning);
        return index == null ? "" : row.values().get(index);
    }

    private String messages(Row row) {
        JsonNode given = json("messages", row);
        List<Map<String, String>> messages = new ArrayList<>();
        String system = field("system", row);
        if (!system.isEmpty()) {
            messages.add(message("system", system));
        }
        if (!given.isArray() || given.isEmpty()) {
            throw bad(row, "The conversation is no list of messages");
        }
        for (JsonNode node : given) {
            messages.add(message(role(node, row), content(node, row)));
        }
        return Json.write(messages);
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private String role(JsonNode message, Row row) {
        String written = message.path(tag("role_tag")).asString("");
        for (Map.Entry<String, String> role : Map.of(
                        "user_tag", "user",
                        "assistant_tag", "assistant",
                        "observation_tag", "tool",
                        "function_tag", "function",
                        "system_tag", "system")
                .entrySet()) {
            if (written.equals(tag(role.getKey()))) {
                return role.getValue();
            }
        }
        throw bad(
                row,
                "A message is said by '" + (written.length() > 40 ? written.substring(0, 40) : written)
                        + "', whom the tags do not name");
    }

    private String content(JsonNode message, Row row) {
        JsonNode content = message.path(tag("content_tag"));
        if (content.isMissingNode() || content.isNull()) {
            throw bad(row, "A message has no '" + tag("content_tag") + "'");
        }
        return content.isString() ? content.stringValue() : content.toString();
    }

    /// A ranked answer of a conversation is a message; some write its text alone.
    private String answer(String meaning, Row row) {
        String written = field(meaning, row);
        return written.startsWith("{") ? content(json(meaning, row), row) : written;
    }

    private JsonNode json(String meaning, Row row) {
        try {
            return Json.read(field(meaning, row), JsonNode.class);
        } catch (ProblemException e) {
            throw bad(row, "The column of " + meaning + " holds no JSON");
        }
    }

    private String tag(String name) {
        return info.tags().getOrDefault(name, "");
    }

    private static ProblemException bad(Row row, String sentence) {
        return new ProblemException(Problem.of("data.bad_chat", sentence)
                .at(row.origin())
                .remedy("Set 'columns' and 'tags' of the data set in " + DatasetInfo.FILE));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
