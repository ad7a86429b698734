package dev.sampan.model.onnx;

import static dev.sampan.model.onnx.Attributes.attribute;
import static dev.sampan.model.onnx.Attributes.floats;
import static dev.sampan.model.onnx.Attributes.strings;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.sampan.model.Trees;
import java.util.ArrayList;
import java.util.List;

/// [Trees] as the operator `TreeEnsembleRegressor` of the domain `ai.onnx.ml`, version 3
/// (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html).
public final class TreeEnsemble {
    /// Version of the domain's operators.
    public static final int OPSET = 3;

    /// The operators' domain.
    public static final String DOMAIN = "ai.onnx.ml";

    private TreeEnsemble() {}

    /// @param input name of the numbers (batch, features)
    /// @return name of the scores (batch, groups), before any sigmoid or softmax
    public static String add(OnnxGraph graph, Trees trees, String input) {
        List<Long> tree = new ArrayList<>();
        List<Long> id = new ArrayList<>();
        List<Long> feature = new ArrayList<>();
        List<Float> value = new ArrayList<>();
        List<String> mode = new ArrayList<>();
        List<Long> yes = new ArrayList<>();
        List<Long> no = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        Leaves leaves = new Leaves();
        for (int t = 0; t < trees.count(); t++) {
            int root = trees.roots()[t];
            int end = t + 1 < trees.count() ? trees.roots()[t + 1] : trees.feature().length;
            for (int node = root; node < end; node++) {
                boolean leaf = trees.leaf(node);
                tree.add((long) t);
                id.add((long) node - root);
                feature.add(leaf ? 0L : trees.feature()[node]);
                value.add(leaf ? 0f : trees.value()[node]);
                mode.add(leaf ? "LEAF" : "BRANCH_LT");
                yes.add(leaf ? 0L : trees.left()[node] - root);
                no.add(leaf ? 0L : trees.right()[node] - root);
                missing.add(!leaf && trees.missingLeft()[node] ? 1L : 0L);
                if (leaf) {
                    leaves.add(t, node - root, t % trees.groups(), trees.value()[node]);
                }
            }
        }
        List<Float> base = new ArrayList<>();
        for (float score : trees.base()) {
            base.add(score);
        }
        String scores = "tree_scores";
        graph.domain(DOMAIN, OPSET);
        graph.add(NodeProto.newBuilder()
                .setDomain(DOMAIN)
                .setOpType("TreeEnsembleRegressor")
                .addInput(input)
                .addOutput(scores)
                .addAttribute(attribute("nodes_treeids", tree))
                .addAttribute(attribute("nodes_nodeids", id))
                .addAttribute(attribute("nodes_featureids", feature))
                .addAttribute(floats("nodes_values", value))
                .addAttribute(strings("nodes_modes", mode))
                .addAttribute(attribute("nodes_truenodeids", yes))
                .addAttribute(attribute("nodes_falsenodeids", no))
                .addAttribute(attribute("nodes_missing_value_tracks_true", missing))
                .addAttribute(attribute("target_treeids", leaves.tree))
                .addAttribute(attribute("target_nodeids", leaves.id))
                .addAttribute(attribute("target_ids", leaves.group))
                .addAttribute(floats("target_weights", leaves.weight))
                .addAttribute(attribute("n_targets", trees.groups()))
                .addAttribute(floats("base_values", base))
                .addAttribute(attribute("aggregate_function", "SUM"))
                .addAttribute(attribute("post_transform", "NONE"))
                .build());
        return scores;
    }

    private static final class Leaves {
        private final List<Long> tree = new ArrayList<>();
        private final List<Long> id = new ArrayList<>();
        private final List<Long> group = new ArrayList<>();
        private final List<Float> weight = new ArrayList<>();

        void add(long ofTree, long node, long ofGroup, float value) {
            tree.add(ofTree);
            id.add(node);
            group.add(ofGroup);
            weight.add(value);
        }
    }
}
