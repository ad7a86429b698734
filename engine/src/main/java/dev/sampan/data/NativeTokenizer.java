package dev.sampan.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Loads the tokenizer library of DJL: from the class path, never from the network.
final class NativeTokenizer {
    private NativeTokenizer() {}

    static HuggingFaceTokenizer load(String tokenizerJson, int maxLength) {
        prepare();
        Map<String, String> options = Map.of(
                "addSpecialTokens", "true",
                "truncation", "true",
                "padding", "false",
                "maxLength", Integer.toString(maxLength),
                "modelMaxLength", Integer.toString(maxLength));
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(tokenizerJson.getBytes(StandardCharsets.UTF_8)), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The library is copied out of the jar before it can be loaded. Its default place is the user's home, which
    /// a service account may not have: ours is `SAMPAN_HOME`, else the temporary folder, one for each user. What
    /// the operator set stays.
    private static void prepare() {
        setIfAbsent("ai.djl.offline", "DJL_OFFLINE", "true");
        setIfAbsent("DJL_CACHE_DIR", "DJL_CACHE_DIR", cache().toString());
    }

    private static Path cache() {
        @Nullable String home = System.getenv("SAMPAN_HOME");
        if (home != null && !home.isBlank() && Path.of(home).toFile().canWrite()) {
            return Path.of(home, "cache", "djl");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "sampan-" + System.getProperty("user.name"), "djl");
    }

    private static void setIfAbsent(String property, String environment, String value) {
        if (System.getenv(environment) == null && System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
