package dev.sampan.model;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Boosted trees in flat arrays, and `trees.json` in a package: one JSON object of these arrays. A row goes left at a
/// node where its number is below the threshold, or where the number is missing and the node says so; the leaves that a
/// row ends in are added to the base scores of their groups.
///
/// Children stand behind their parents, so that every walk ends; a reader refuses anything else. Immutable by
/// agreement:
/// nobody writes into the arrays. Safe for many threads.
///
/// @param features numbers in a row
/// @param groups scores of a row: 1 for a quantity and for one of two classes, else one for each class; tree i adds to
///     group i modulo groups
/// @param base score of each group before any tree
/// @param roots first node of each tree, ascending
/// @param feature of each node; −1 for a leaf
/// @param value of each node: the threshold, or what a leaf adds
/// @param left child of each node; of a leaf 0
/// @param right child of each node; of a leaf 0
/// @param missingLeft whether a missing number goes left
public record Trees(
        int features,
        int groups,
        float[] base,
        int[] roots,
        int[] feature,
        float[] value,
        int[] left,
        int[] right,
        boolean[] missingLeft) {
    /// Name of the file in a package.
    public static final String FILE = "trees.json";

    /// What a reader takes at most; a file of that size has about a gigabyte.
    private static final int NODES_MAX = 20_000_000;

    private static final long BYTES_MAX = 1L << 30;

    /// @throws IllegalArgumentException when the arrays are no trees
    public Trees {
        int nodes = feature.length;
        if (features < 1 || groups < 1 || base.length != groups || nodes > NODES_MAX) {
            throw new IllegalArgumentException(features + " features, " + groups + " groups, " + base.length
                    + " base scores, " + nodes + " nodes");
        }
        if (value.length != nodes || left.length != nodes || right.length != nodes || missingLeft.length != nodes) {
            throw new IllegalArgumentException("arrays of different lengths");
        }
        checkRoots(roots, groups, nodes);
        for (int tree = 0; tree < roots.length; tree++) {
            int end = tree + 1 < roots.length ? roots[tree + 1] : nodes;
            for (int node = roots[tree]; node < end; node++) {
                boolean leaf = feature[node] == -1;
                boolean inner = feature[node] >= 0
                        && feature[node] < features
                        && left[node] > node
                        && left[node] < end
                        && right[node] > node
                        && right[node] < end;
                if (!Float.isFinite(value[node]) || !(leaf || inner)) {
                    throw new IllegalArgumentException("node " + node + " of tree " + tree + " is no node");
                }
            }
        }
        for (float score : base) {
            if (!Float.isFinite(score)) {
                throw new IllegalArgumentException("base score " + score);
            }
        }
    }

    private static void checkRoots(int[] roots, int groups, int nodes) {
        boolean wrong = roots.length % groups != 0 || (roots.length > 0 ? roots[0] != 0 : nodes != 0);
        for (int tree = 1; tree < roots.length && !wrong; tree++) {
            wrong = roots[tree] <= roots[tree - 1];
        }
        if (wrong || (roots.length > 0 && roots[roots.length - 1] >= nodes)) {
            throw new IllegalArgumentException(
                    roots.length + " roots of " + groups + " groups and " + nodes + " nodes");
        }
    }

    public int count() {
        return roots.length;
    }

    public boolean leaf(int node) {
        return feature[node] < 0;
    }

    /// Adds up one row's scores, before any sigmoid or softmax.
    ///
    /// @param rows numbers of many rows, one after another; not-a-number where missing
    /// @param at where the row starts
    /// @param scores (groups), written over
    public void score(float[] rows, int at, float[] scores) {
        System.arraycopy(base, 0, scores, 0, groups);
        int group = 0;
        for (int root : roots) {
            scores[group] += value[leafOf(root, rows, at)];
            group = group + 1 == groups ? 0 : group + 1;
        }
    }

    private int leafOf(int root, float[] rows, int at) {
        int node = root;
        for (int read = feature[node]; read >= 0; read = feature[node]) {
            float number = rows[at + read];
            // not-a-number is below nothing
            boolean goesLeft = number < value[node] || (missingLeft[node] && Float.isNaN(number));
            node = goesLeft ? left[node] : right[node];
        }
        return node;
    }

    public byte[] toJson() {
        return Json.MAPPER.writeValueAsBytes(this);
    }

    /// @throws ProblemException `model.corrupt`
    public static Trees read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw corrupt(file, "The file has more than " + BYTES_MAX + " bytes", null);
            }
            return Json.read(Files.readString(file), Trees.class);
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw corrupt(file, "These are no trees", e);
        } catch (ProblemException e) {
            throw corrupt(file, "These are no trees: " + e.problems().getFirst().line(), e);
        }
    }

    private static ProblemException corrupt(Path file, String sentence, @Nullable Throwable cause) {
        Problem problem = Problem.of("model.corrupt", sentence).at(file.toString());
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }
}
