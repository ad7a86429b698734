package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec;
import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.SuppliersSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// The road from a file or a map to a [Spec].
public final class SpecFiles {
    private SpecFiles() {}

    /// See [dev.sampan.spec.Specs#read].
    public static Spec read(Path file, List<String> overrides) {
        String text = SpecText.read(file);
        Path absolute = file.toAbsolutePath().normalize();
        String name = absolute.getFileName().toString();
        Reading reading = new Reading();
        Tree tree = YamlTree.read(text, mark -> place(name, mark), reading);
        for (int i = 0; i < overrides.size(); i++) {
            tree = Overriding.parse(overrides.get(i), i + 1, reading).applied(tree, SpecTable.aliases());
        }
        Place start = Place.inFile(name, 1, 1);
        if (tree == null || tree instanceof Tree.Leaf leaf && leaf.isNull()) {
            reading.problem(start, "spec.empty", "The file is empty", "It must have at least name, task and data");
            reading.end();
        }
        Path folder = Objects.requireNonNull(absolute.getParent());
        Tree whole = Wildcards.applied(tree, dataAlone(tree), folder, reading);
        Spec spec = built(whole, folder, reading);
        DataSpec data = spec == null ? dataAlone(whole) : spec.data();
        if (data != null) {
            SourceCheck.check(data, folder, reading);
        }
        reading.end();
        return Objects.requireNonNull(spec);
    }

    /// Block `data` of a file with mistakes in other blocks: its files are looked at all the same.
    private static @Nullable DataSpec dataAlone(@Nullable Tree tree) {
        Tree.Entry entry = tree instanceof Tree.Branch branch ? branch.entry("data") : null;
        return entry == null ? null : DataTable.DATA.read(new Spot("data", entry.value(), new Reading()));
    }

    /// See [dev.sampan.spec.Specs#fromTree].
    public static Spec fromTree(Map<String, Object> tree, Path folder) {
        Reading reading = new Reading();
        Spec spec = built(Tree.of(tree, ""), folder, reading);
        reading.end();
        return Objects.requireNonNull(spec);
    }

    // A block is written as a map of its keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toTree(Spec spec) {
        return (Map<String, Object>) SpecTable.root(spec.folder()).write(spec);
    }

    /// See [dev.sampan.spec.Specs#readSuppliers].
    public static SuppliersSpec readSuppliers(Path file) {
        return whole(file, SuppliersTable.root(), "suppliers and models");
    }

    /// See [dev.sampan.spec.Specs#readPlans].
    public static PlansSpec readPlans(Path file) {
        return whole(file, PlansTable.root(), "plans");
    }

    /// See [dev.sampan.spec.Specs#readPayments].
    public static PaymentsSpec readPayments(Path file) {
        return whole(file, PaymentsTable.root(), "public_url and providers");
    }

    public static PaymentsSpec paymentsFromTree(Map<String, Object> tree) {
        return whole(Tree.of(tree, ""), PaymentsTable.root(), new Reading());
    }

    // A block is written as a map of its keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toTree(PaymentsSpec spec) {
        return (Map<String, Object>) PaymentsTable.root().write(spec);
    }

    /// A file that is in force as a whole.
    private static <T> T whole(Path file, Block<T> root, String least) {
        String text = SpecText.read(file);
        String name = file.toAbsolutePath().normalize().getFileName().toString();
        Reading reading = new Reading();
        Tree tree = YamlTree.read(text, mark -> place(name, mark), reading);
        if (tree == null || tree instanceof Tree.Leaf leaf && leaf.isNull()) {
            reading.problem(
                    Place.inFile(name, 1, 1), "spec.empty", "The file is empty", "It must have at least " + least);
            reading.end();
        }
        return whole(Objects.requireNonNull(tree), root, reading);
    }

    private static <T> T whole(Tree tree, Block<T> root, Reading reading) {
        T spec = root.read(new Spot("", tree, reading));
        reading.end();
        return Objects.requireNonNull(spec);
    }

    /// See [dev.sampan.spec.Specs#readLimits].
    public static LimitsSpec readLimits(Path file) {
        return whole(file, LimitsTable.root(), "limits");
    }

    public static LimitsSpec limitsFromTree(Map<String, Object> tree) {
        return whole(Tree.of(tree, ""), LimitsTable.root(), new Reading());
    }

    // A block is written as a map of its keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toTree(LimitsSpec spec) {
        return (Map<String, Object>) LimitsTable.root().write(spec);
    }

    public static PlansSpec plansFromTree(Map<String, Object> tree) {
        return whole(Tree.of(tree, ""), PlansTable.root(), new Reading());
    }

    // A block is written as a map of its keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toTree(PlansSpec spec) {
        return (Map<String, Object>) PlansTable.root().write(spec);
    }

    public static SuppliersSpec suppliersFromTree(Map<String, Object> tree) {
        return whole(Tree.of(tree, ""), SuppliersTable.root(), new Reading());
    }

    // A block is written as a map of its keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toTree(SuppliersSpec spec) {
        return (Map<String, Object>) SuppliersTable.root().write(spec);
    }

    public static Map<String, Object> jsonSchema() {
        return Schemas.document(SpecTable.root(Path.of("")).schema(), "sampan.yaml");
    }

    public static List<String> architectures(Spec spec) {
        return TaskRules.architectures(spec);
    }

    private static @Nullable Spec built(@Nullable Tree tree, Path folder, Reading reading) {
        return tree == null ? null : SpecTable.root(folder).read(new Spot("", tree, reading));
    }

    private static Place place(String name, Mark mark) {
        return Place.inFile(name, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
