package dev.sampan.spec.internal;

import dev.sampan.spec.ColumnRange;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of `input_features` for many columns of one type: `name: p*` stands for every column of the file whose
/// name fits, in the file's order, and `name: p0..p783` for the numbered ones. Both are written out before anything
/// else is read, so `plan`, the package and all later rules know columns alone.
///
/// `*` is any run of letters, also none. It never takes what the model answers, the column that splits the rows, or a
/// column that another line names itself. A file's column that is called `p*` is meant by that name.
final class Wildcards {
    private static final char ANY = '*';

    private final DataSpec data;
    private final Reading reading;
    private final List<String> header;
    private final Set<String> taken = new HashSet<>();

    private Wildcards(DataSpec data, Reading reading, List<String> header) {
        this.data = data;
        this.reading = reading;
        this.header = header;
        data.outputFeatures().forEach(output -> taken.add(output.name()));
        String split = data.split().column();
        if (split != null) {
            taken.add(split);
        }
        data.inputFeatures().stream()
                .map(InputFeature::name)
                .filter(name -> !isPattern(name))
                .map(ColumnRange::names)
                .forEach(taken::addAll);
    }

    /// The document with its wildcards written out; as it was when it has none.
    ///
    /// @param data its block `data`, wildcards still standing for names; null when it has mistakes of its own
    static @Nullable Tree applied(@Nullable Tree tree, @Nullable DataSpec data, Path folder, Reading reading) {
        if (tree == null || data == null || data.inputFeatures().stream().noneMatch(Wildcards::stands)) {
            return tree;
        }
        return new Wildcards(data, reading, SourceCheck.header(data, folder)).written(tree, 0);
    }

    /// Names of pictures are not looked up: the columns they stand in have a key of their own.
    private static boolean stands(InputFeature input) {
        return input.type() != InputType.IMAGE
                && (isPattern(input.name()) || ColumnRange.names(input.name()).size() > 1);
    }

    static boolean isPattern(String name) {
        return name.indexOf(ANY) >= 0;
    }

    private Tree written(Tree tree, int depth) {
        return switch (tree) {
            case Tree.Branch branch
            when depth < 2 -> {
                String key = depth == 0 ? "data" : "input_features";
                yield new Tree.Branch(
                        branch.entries().stream()
                                .map(entry -> entry.key().equals(key)
                                        ? new Tree.Entry(key, entry.place(), written(entry.value(), depth + 1))
                                        : entry)
                                .toList(),
                        branch.place());
            }
            case Tree.Items items when depth == 2 -> new Tree.Items(columns(items.items()), items.place());
            default -> tree;
        };
    }

    private List<Tree> columns(List<Tree> lines) {
        List<Tree> columns = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            InputFeature input = data.inputFeatures().get(i);
            if (stands(input) && lines.get(i) instanceof Tree.Branch line) {
                names(input.name(), line.place()).forEach(name -> columns.add(named(line, name)));
            } else {
                columns.add(lines.get(i));
            }
        }
        return columns;
    }

    private List<String> names(String written, Place place) {
        if (!isPattern(written)) {
            return ColumnRange.names(written);
        }
        if (header.contains(written)) {
            return List.of(written);
        }
        List<String> names = header.stream()
                .distinct()
                .filter(name -> !name.isBlank() && !taken.contains(name) && fits(written, name))
                .toList();
        if (header.isEmpty()) {
            reading.problem(
                    place,
                    "spec.no_header",
                    "The columns that " + Scalars.quoted(written) + " stands for are not known before the data is read",
                    "Wildcards look at the first line of a CSV, TSV or JSONL file; here name each column, or p0..p9");
        } else if (names.isEmpty()) {
            reading.problem(
                    place,
                    "spec.missing_column",
                    "No column fits " + Scalars.quoted(written) + "; there are: " + SourceCheck.shown(header),
                    "The output, the split's column and columns with a line of their own are not taken");
        }
        return names.isEmpty() ? List.of(written) : names;
    }

    private static Tree named(Tree.Branch line, String name) {
        return new Tree.Branch(
                line.entries().stream()
                        .map(entry -> entry.key().equals("name")
                                ? new Tree.Entry(
                                        "name",
                                        entry.place(),
                                        new Tree.Leaf(name, false, entry.value().place()))
                                : entry)
                        .toList(),
                line.place());
    }

    /// The parts between the stars stand in the name one after another, the first at its beginning and the last at
    /// its end.
    static boolean fits(String pattern, String name) {
        int star = pattern.indexOf(ANY);
        int last = pattern.lastIndexOf(ANY);
        String end = pattern.substring(last + 1);
        int to = name.length() - end.length();
        if (to < star || !name.startsWith(pattern.substring(0, star)) || !name.endsWith(end)) {
            return false;
        }
        int at = star;
        while (star < last) {
            int next = pattern.indexOf(ANY, star + 1);
            String part = pattern.substring(star + 1, next);
            int found = name.indexOf(part, at);
            if (found < 0 || found + part.length() > to) {
                return false;
            }
            at = found + part.length();
            star = next;
        }
        return true;
    }
}
