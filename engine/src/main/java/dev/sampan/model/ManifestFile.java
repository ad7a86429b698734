package dev.sampan.model;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `sampan.json`: the components of [Manifest], and `format`, the version of the package's layout.
final class ManifestFile {
    private static final int BYTES_MAX = 64 << 20;

    private ManifestFile() {}

    static ObjectNode tree(Manifest manifest) {
        ObjectNode tree = Json.MAPPER.valueToTree(manifest);
        return tree.put("format", ModelPackage.FORMAT);
    }

    static Manifest parse(byte[] bytes, Path file) {
        if (bytes.length > BYTES_MAX) {
            throw corrupt(file, "it has " + bytes.length + " bytes", null);
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            int format = tree.path("format").asInt(0);
            if (format > ModelPackage.FORMAT) {
                throw new ProblemException(Problem.of(
                                "model.newer_format",
                                "The package has format " + format + "; this version reads up to " + ModelPackage.FORMAT
                                        + ".")
                        .at(file.toString())
                        .remedy("Update Sampan."));
            }
            if (format < 1) {
                throw corrupt(file, "it names no format", null);
            }
            return Json.MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw corrupt(file, "a part is missing or has another type", e);
        }
    }

    private static ProblemException corrupt(Path file, String why, @Nullable Exception cause) {
        Problem problem = Problem.of("model.corrupt", "This is not a package's manifest: " + why + ".")
                .at(file.toString());
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }
}
