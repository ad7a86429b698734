package dev.sampan.data.internal.source;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One entry of LLaMA-Factory's `dataset_info.json`.
///
/// @param file to read, beside the list
/// @param chat rows are conversations (`sharegpt`, `openai`); otherwise instructions (`alpaca`)
/// @param ranking rows hold a chosen and a rejected answer
/// @param columns by what they mean: `prompt`, `query`, `response`, `history`, `system`, `messages`, `tools`,
///     `chosen`, `rejected`, `images`, `kto_tag`
/// @param tags of a message: `role_tag`, `content_tag`, and how `user`, `assistant`, `observation`, `function`
///     and `system` are called
record DatasetInfo(
        String name, Path file, boolean chat, boolean ranking, Map<String, String> columns, Map<String, String> tags) {
    static final String FILE = "dataset_info.json";
    private static final int BYTES_MAX = 16 << 20;
    private static final List<String> ELSEWHERE =
            List.of("hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name");
    private static final Map<String, String> ALPACA =
            Map.of("prompt", "instruction", "query", "input", "response", "output");
    private static final Map<String, String> SHAREGPT = Map.of("messages", "conversations");
    private static final Map<String, String> TAGS = Map.of(
            "role_tag", "from",
            "content_tag", "value",
            "user_tag", "human",
            "assistant_tag", "gpt",
            "observation_tag", "observation",
            "function_tag", "function_call",
            "system_tag", "system");

    /// @param list the `dataset_info.json`
    /// @param wanted name of the entry; null where there is but one
    static DatasetInfo read(Path list, @Nullable String wanted) {
        JsonNode root;
        try {
            if (Files.size(list) > BYTES_MAX) {
                throw bad(FILE, "The list is longer than " + BYTES_MAX + " bytes");
            }
            root = Json.read(Files.readString(list), JsonNode.class);
        } catch (IOException e) {
            throw IoProblems.reading(list, e);
        } catch (ProblemException e) {
            throw new ProblemException(
                    Problem.of("data.bad_dataset_info", "The list of data sets is no JSON")
                            .at(FILE),
                    e);
        }
        List<String> names = new ArrayList<>(root.propertyNames());
        String name = wanted == null && names.size() == 1 ? names.getFirst() : wanted;
        if (name == null) {
            throw new ProblemException(
                    Problem.of("data.bad_dataset_info", "The list holds " + names.size() + " data sets")
                            .at(FILE)
                            .remedy("Write dataset: …/" + FILE + "#NAME"));
        }
        if (!names.contains(name)) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("data.bad_dataset_info", "There is no data set '" + name + "' in the list")
                            .at(FILE),
                    name,
                    names));
        }
        return of(name, root.path(name), list);
    }

    private static DatasetInfo of(String name, JsonNode entry, Path list) {
        String origin = FILE + " '" + name + "'";
        String formatting = entry.path("formatting").asString("alpaca").toLowerCase(Locale.ROOT);
        boolean chat = formatting.equals("sharegpt") || formatting.equals("openai");
        if (!chat && !formatting.equals("alpaca")) {
            throw bad(origin, "The formatting '" + formatting + "' is none of alpaca, sharegpt, openai");
        }
        Map<String, String> columns = new HashMap<>(chat ? SHAREGPT : ALPACA);
        texts(entry.path("columns"), columns);
        Map<String, String> tags = new HashMap<>(TAGS);
        if (formatting.equals("openai")) {
            tags.putAll(Map.of(
                    "role_tag",
                    "role",
                    "content_tag",
                    "content",
                    "user_tag",
                    "user",
                    "assistant_tag",
                    "assistant",
                    "observation_tag",
                    "tool"));
            columns.put("messages", "messages");
            texts(entry.path("columns"), columns);
        }
        texts(entry.path("tags"), tags);
        boolean ranking = entry.path("ranking").asBoolean(false);
        if (ranking) {
            columns.putIfAbsent("chosen", "chosen");
            columns.putIfAbsent("rejected", "rejected");
        }
        return new DatasetInfo(name, file(entry, list, origin), chat, ranking, Map.copyOf(columns), Map.copyOf(tags));
    }

    private static void texts(JsonNode from, Map<String, String> into) {
        from.properties().forEach(entry -> {
            if (entry.getValue().isString()) {
                into.put(entry.getKey(), entry.getValue().stringValue());
            } else if (entry.getValue().isNull()) {
                into.remove(entry.getKey());
            }
        });
    }

    private static Path file(JsonNode entry, Path list, String origin) {
        for (String key : ELSEWHERE) {
            if (entry.has(key) && !entry.has("file_name")) {
                throw bad(origin, "'" + key + "' names a data set of another house, which is not fetched");
            }
        }
        String written = entry.path("file_name").asString("");
        try {
            Path folder = list.toAbsolutePath().resolveSibling("").normalize();
            Path file = folder.resolve(written).normalize();
            if (!written.isBlank() && file.startsWith(folder) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw bad(origin, "'file_name' cannot be the name of a file");
        }
        throw bad(origin, "There is no file '" + written + "' beside the list");
    }

    private static ProblemException bad(String origin, String sentence) {
        return new ProblemException(
                Problem.of("data.bad_dataset_info", sentence).at(origin));
    }

    /// Name of the column with this meaning; null when there is none.
    @Nullable
    String column(String meaning) {
        return columns.get(meaning);
    }
}
