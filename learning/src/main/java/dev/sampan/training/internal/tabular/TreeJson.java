package dev.sampan.training.internal.tabular;

import dev.sampan.kernel.Json;
import dev.sampan.model.Trees;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// XGBoost's own JSON (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html) as [Trees].
final class TreeJson {
    private final JsonNode learner;
    private final int count;
    private final int groups;
    private int nodes;
    private final int[] roots;
    private int[] feature = new int[1024];
    private float[] value = new float[1024];
    private int[] left = new int[1024];
    private int[] right = new int[1024];
    private boolean[] missingLeft = new boolean[1024];

    private TreeJson(JsonNode learner, int rounds, int groups) {
        this.learner = learner;
        this.groups = groups;
        this.count = Math.min(model().path("trees").size(), rounds * groups);
        this.roots = new int[count];
    }

    /// @param rounds that are kept
    /// @param groups scores of a row
    /// @param features numbers in a row
    static Trees of(byte[] json, int rounds, int groups, int features) {
        return new TreeJson(Json.MAPPER.readTree(json).path("learner"), rounds, groups).trees(features);
    }

    private JsonNode model() {
        return learner.path("gradient_booster").path("model");
    }

    private Trees trees(int features) {
        for (int tree = 0; tree < count; tree++) {
            if (model().path("tree_info").get(tree).asInt() != tree % groups) {
                throw new IllegalStateException("tree " + tree + " is of another group");
            }
            roots[tree] = nodes;
            add(model().path("trees").get(tree), 0);
        }
        return new Trees(
                features,
                groups,
                base(),
                roots,
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(value, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(missingLeft, nodes));
    }

    /// The node and all below it, parents first.
    private int add(JsonNode tree, int node) {
        int at = nodes++;
        room();
        value[at] = (float) tree.path("split_conditions").get(node).asDouble();
        int yes = tree.path("left_children").get(node).asInt();
        if (yes < 0) {
            feature[at] = -1;
            return at;
        }
        feature[at] = tree.path("split_indices").get(node).asInt();
        missingLeft[at] = tree.path("default_left").get(node).asInt() != 0;
        int below = add(tree, yes);
        left[at] = below;
        below = add(tree, tree.path("right_children").get(node).asInt());
        right[at] = below;
        return at;
    }

    private void room() {
        if (nodes == feature.length) {
            feature = Arrays.copyOf(feature, nodes * 2);
            value = Arrays.copyOf(value, nodes * 2);
            left = Arrays.copyOf(left, nodes * 2);
            right = Arrays.copyOf(right, nodes * 2);
            missingLeft = Arrays.copyOf(missingLeft, nodes * 2);
        }
    }

    /// `base_score` is a number or a list `[a,b]`, a probability for yes-or-no answers.
    private float[] base() {
        String written = learner.path("learner_model_param").path("base_score").asString();
        String[] parts = written.replace("[", "").replace("]", "").split(",");
        boolean logistic = learner.path("objective").path("name").asString().equals("binary:logistic");
        float[] base = new float[groups];
        for (int group = 0; group < groups; group++) {
            double score = Double.parseDouble(parts[parts.length == 1 ? 0 : group].strip());
            base[group] = (float) (logistic ? Math.log(score / (1 - score)) : score);
        }
        return base;
    }
}
