package dev.sampan.model.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks the one operator of `ai.onnx.ml` that is read, `TreeEnsembleRegressor` as
/// [dev.sampan.model.onnx.TreeEnsemble] writes it: lists of one length, trees one after another with their nodes
/// numbered from 0, children behind their parents, features that a row has. A native reader need not find out.
final class OnnxTrees {
    private static final Set<String> KNOWN = Set.of(
            "nodes_treeids",
            "nodes_nodeids",
            "nodes_featureids",
            "nodes_values",
            "nodes_modes",
            "nodes_truenodeids",
            "nodes_falsenodeids",
            "nodes_missing_value_tracks_true",
            "target_treeids",
            "target_nodeids",
            "target_ids",
            "target_weights",
            "n_targets",
            "base_values",
            "aggregate_function",
            "post_transform");

    private static final ByteString LEAF = ByteString.copyFromUtf8("LEAF");
    private static final ByteString BRANCH = ByteString.copyFromUtf8("BRANCH_LT");

    private final Map<String, AttributeProto> attributes = new HashMap<>();
    private final String place;

    private OnnxTrees(NodeProto node, String place) {
        this.place = place;
        for (AttributeProto attribute : node.getAttributeList()) {
            require(KNOWN.contains(attribute.getName()), "an attribute that is not read");
            attributes.put(attribute.getName(), attribute);
        }
    }

    /// @param inputs of the graph, one of which the trees must read
    static void check(NodeProto node, List<ValueInfoProto> inputs, String place) {
        OnnxTrees trees = new OnnxTrees(node, place);
        trees.require(
                node.getOpType().equals("TreeEnsembleRegressor")
                        && node.getInputCount() == 1
                        && node.getOutputCount() == 1,
                "another operator than TreeEnsembleRegressor");
        long width = inputs.stream()
                .filter(input -> input.getName().equals(node.getInput(0)))
                .map(input -> input.getType().getTensorType().getShape())
                .filter(shape -> shape.getDimCount() == 2)
                .mapToLong(shape -> shape.getDim(1).getDimValue())
                .findFirst()
                .orElse(0);
        trees.nodes(width);
        trees.targets();
    }

    private void nodes(long width) {
        List<Long> tree = longs("nodes_treeids");
        List<Long> id = longs("nodes_nodeids");
        List<Long> feature = longs("nodes_featureids");
        List<Long> yes = longs("nodes_truenodeids");
        List<Long> no = longs("nodes_falsenodeids");
        List<ByteString> modes = of("nodes_modes").getStringsList();
        int count = tree.size();
        boolean fits = id.size() == count
                && feature.size() == count
                && yes.size() == count
                && no.size() == count
                && modes.size() == count
                && of("nodes_values").getFloatsCount() == count
                && longs("nodes_missing_value_tracks_true").size() == count;
        require(fits && count > 0, "lists of different lengths");
        long size = 0; // nodes of this tree
        for (int i = count - 1; i >= 0; i--) {
            boolean last = i == count - 1 || !tree.get(i).equals(tree.get(i + 1));
            size = last ? id.get(i) + 1 : size;
            boolean numbered = last || id.get(i) == id.get(i + 1) - 1;
            boolean first = i == 0 || !tree.get(i).equals(tree.get(i - 1));
            boolean ascending = i == 0 || tree.get(i) >= tree.get(i - 1);
            require(numbered && ascending && (!first || id.get(i) == 0), "nodes out of order");
            boolean leaf = modes.get(i).equals(LEAF);
            boolean branch = modes.get(i).equals(BRANCH)
                    && feature.get(i) >= 0
                    && feature.get(i) < width
                    && behind(yes.get(i), id.get(i), size)
                    && behind(no.get(i), id.get(i), size);
            require(leaf || branch, "a node that is neither leaf nor branch");
        }
    }

    private static boolean behind(long child, long parent, long size) {
        return child > parent && child < size;
    }

    private void targets() {
        List<Long> tree = longs("target_treeids");
        List<Long> node = longs("target_nodeids");
        List<Long> target = longs("target_ids");
        long targets = of("n_targets").getI();
        int count = tree.size();
        require(
                node.size() == count
                        && target.size() == count
                        && of("target_weights").getFloatsCount() == count
                        && targets > 0
                        && of("base_values").getFloatsCount() == targets
                        && target.stream().allMatch(one -> one >= 0 && one < targets),
                "leaves that do not fit");
        Set<List<Long>> leaves = new HashSet<>();
        List<Long> trees = longs("nodes_treeids");
        for (int i = 0; i < trees.size(); i++) {
            if (of("nodes_modes").getStrings(i).equals(LEAF)) {
                leaves.add(List.of(trees.get(i), longs("nodes_nodeids").get(i)));
            }
        }
        for (int i = 0; i < count; i++) {
            require(leaves.contains(List.of(tree.get(i), node.get(i))), "a weight of no leaf");
        }
        require(
                text("aggregate_function").equals("SUM")
                        && text("post_transform").equals("NONE"),
                "another sum");
    }

    private String text(String name) {
        return of(name).getS().toStringUtf8();
    }

    private List<Long> longs(String name) {
        return of(name).getIntsList();
    }

    private AttributeProto of(String name) {
        AttributeProto attribute = attributes.get(name);
        if (attribute == null) {
            throw OnnxFile.unsafe(place, "has trees without " + name);
        }
        return attribute;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw OnnxFile.unsafe(place, "has trees with " + what);
        }
    }
}
