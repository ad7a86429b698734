package dev.sampan.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads, checks and writes `sampan.yaml`.
public final class Specs {
    private Specs() {}

    /// The resolved specification.
    ///
    /// @param overrides `key.sub=value` each, from the command line; the value is YAML
    /// @throws dev.sampan.kernel.ProblemException every mistake found, each with its place `file:line:column`, in
    ///     file
    ///     order: `spec.unknown_key` (with the nearest known key), `spec.not_in_this_version`, `spec.wrong_type`,
    ///     `spec.out_of_range`, `spec.missing_key`, `spec.missing_file`, `spec.missing_column`, `spec.syntax`
    public static Spec read(Path file, List<String> overrides) {
        throw new UnsupportedOperationException("written next");
    }

    /// The whole resolved specification as nested maps under the file's own key names: what `plan` prints, what stands
    /// in a package and what is hashed. [#fromTree] reads it back to an equal `Spec`.
    public static Map<String, Object> toTree(Spec spec) {
        throw new UnsupportedOperationException("written next");
    }

    /// @param folder where relative paths start
    public static Spec fromTree(Map<String, Object> tree, Path folder) {
        throw new UnsupportedOperationException("written next");
    }

    /// [#toTree] as YAML 1.2 text in the order of the blocks.
    public static String toYaml(Spec spec) {
        throw new UnsupportedOperationException("written next");
    }

    /// JSON Schema (draft 2020-12) of the file, with descriptions, defaults and ranges.
    public static String jsonSchema() {
        throw new UnsupportedOperationException("written next");
    }
}
