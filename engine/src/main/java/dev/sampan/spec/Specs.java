package dev.sampan.spec;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.internal.Sources;
import dev.sampan.spec.internal.SpecFiles;
import dev.sampan.spec.internal.YamlWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads, checks and writes `sampan.yaml`.
public final class Specs {
    private Specs() {}

    /// The resolved specification.
    ///
    /// @param overrides `key.sub=value` each, from the command line; the value is YAML
    /// @throws ProblemException every mistake found, in file order and then by override, each with its place
    ///     (`sampan.yaml:12:5`, `override 'train.seed=x'`): `spec.unknown_key` (with the nearest known key),
    ///     `spec.not_in_this_version`, `spec.wrong_type`, `spec.out_of_range`, `spec.missing_key`,
    ///     `spec.duplicate_key`, `spec.missing_file`, `spec.missing_column`, `spec.no_header`, `spec.empty`.
    ///     One alone where nothing more can be read: `spec.syntax`, `spec.encoding`, `spec.too_large`,
    ///     `spec.unreadable`
    public static Spec read(Path file, List<String> overrides) {
        return SpecFiles.read(file, overrides);
    }

    /// The files that `data.dataset` or `data.test_dataset` names, in the order of their names.
    ///
    /// @param folder the specification's; a relative pattern starts there
    /// @param pattern a path, or a glob with `*`, `**`, `?`, `[…]`, `{…}`
    /// @throws ProblemException `spec.missing_file` when there is none
    public static List<Path> files(Path folder, String pattern) {
        List<Path> files = Sources.matching(folder, pattern);
        if (files.isEmpty()) {
            throw new ProblemException(Problem.of("spec.missing_file", "No file matches '" + pattern + "' in " + folder)
                    .remedy("Paths start at the folder of the specification"));
        }
        return files;
    }

    /// Names of the architectures that can do a specification's task with its columns, as `model.type` has them,
    /// the quickest to train first: what `model: auto` tries.
    public static List<String> architectures(Spec spec) {
        return SpecFiles.architectures(spec);
    }

    /// The whole resolved specification as nested maps under the file's own key names: what `plan` prints, what
    /// stands in a package and what is hashed. [#fromTree] reads it back to an equal `Spec`.
    public static Map<String, Object> toTree(Spec spec) {
        return SpecFiles.toTree(spec);
    }

    /// Looks at no file: the data need not be where the package is read.
    ///
    /// @param folder where relative paths start
    /// @throws ProblemException as [#read], with paths such as `data.split` for places
    public static Spec fromTree(Map<String, Object> tree, Path folder) {
        return SpecFiles.fromTree(tree, folder);
    }

    /// [#toTree] as YAML 1.2 text in the order of the blocks.
    public static String toYaml(Spec spec) {
        return YamlWriter.write(toTree(spec));
    }

    /// `suppliers.yaml`, checked.
    ///
    /// @throws ProblemException as [#read]; `spec.unknown_supplier`, `spec.duplicate_name`
    public static SuppliersSpec readSuppliers(Path file) {
        return SpecFiles.readSuppliers(file);
    }

    /// See [#toTree]: [#suppliersFromTree] reads it back to an equal value.
    public static Map<String, Object> toTree(SuppliersSpec spec) {
        return SpecFiles.toTree(spec);
    }

    public static SuppliersSpec suppliersFromTree(Map<String, Object> tree) {
        return SpecFiles.suppliersFromTree(tree);
    }

    /// `plans.yaml`, checked.
    ///
    /// @throws ProblemException as [#read]; `spec.unknown_plan`, `spec.duplicate_name`
    public static PlansSpec readPlans(Path file) {
        return SpecFiles.readPlans(file);
    }

    /// See [#toTree]: [#plansFromTree] reads it back to an equal value.
    public static Map<String, Object> toTree(PlansSpec spec) {
        return SpecFiles.toTree(spec);
    }

    public static PlansSpec plansFromTree(Map<String, Object> tree) {
        return SpecFiles.plansFromTree(tree);
    }

    /// `payments.yaml`, checked.
    ///
    /// @throws ProblemException as [#read]; `spec.duplicate_name`
    public static PaymentsSpec readPayments(Path file) {
        return SpecFiles.readPayments(file);
    }

    /// See [#toTree]: [#paymentsFromTree] reads it back to an equal value.
    public static Map<String, Object> toTree(PaymentsSpec spec) {
        return SpecFiles.toTree(spec);
    }

    public static PaymentsSpec paymentsFromTree(Map<String, Object> tree) {
        return SpecFiles.paymentsFromTree(tree);
    }

    /// `limits.yaml`, checked.
    ///
    /// @throws ProblemException as [#read]; `spec.duplicate_name`
    public static LimitsSpec readLimits(Path file) {
        return SpecFiles.readLimits(file);
    }

    /// See [#toTree]: [#limitsFromTree] reads it back to an equal value.
    public static Map<String, Object> toTree(LimitsSpec spec) {
        return SpecFiles.toTree(spec);
    }

    public static LimitsSpec limitsFromTree(Map<String, Object> tree) {
        return SpecFiles.limitsFromTree(tree);
    }

    /// JSON Schema (draft 2020-12) of the file, with descriptions, defaults and ranges.
    public static String jsonSchema() {
        return Json.pretty(SpecFiles.jsonSchema());
    }
}
