package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Activation;
import dev.sampan.spec.ModelSpec.Autoencoder;
import dev.sampan.spec.ModelSpec.Gcn;
import dev.sampan.spec.ModelSpec.Linear;
import dev.sampan.spec.ModelSpec.Mlp;
import dev.sampan.spec.ModelSpec.Norm;
import dev.sampan.spec.ModelSpec.WideDeep;
import dev.sampan.spec.ModelSpec.Xgboost;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The keys of block `model` for architectures that read columns.
final class TabularTable {
    /// What a task over columns takes when nothing is written.
    static final ModelSpec TREES = new Xgboost(1000, 6, 0.05, 0.8, 0.8, 1, 0, 1, 0, 50);

    /// What looking for anomalies takes when nothing is written.
    static final ModelSpec STRANGENESS = new Autoencoder(List.of(32, 8), Activation.RELU, 0, 0.05);

    static final Block<Xgboost> XGBOOST = xgboost();
    static final Block<Mlp> MLP = mlp();
    static final Block<WideDeep> WIDE_DEEP = wideDeep();
    static final Block<Linear> LINEAR = new Block<>(
            List.of(type("linear", "Logistic regression of classes, linear regression of a number")),
            ModelTable.LATER,
            _ -> new Linear());
    static final Block<Autoencoder> AUTOENCODER = autoencoder();
    static final Block<Gcn> GCN = gcn();

    private TabularTable() {}

    private static <M extends ModelSpec> Field<M, String> type(String tag, String description) {
        return ModelTable.type(tag, "", description);
    }

    private static Block<Xgboost> xgboost() {
        Xgboost usual = (Xgboost) TREES;
        Field<Xgboost, String> type = type("xgboost", "Gradient-boosted trees");
        Field<Xgboost, Integer> estimators = Field.of(
                "n_estimators",
                NumberTypes.whole(1, 100_000),
                usual.estimators(),
                "Rounds of trees at the most; validation stops them earlier",
                Xgboost::estimators);
        Field<Xgboost, Integer> maxDepth = Field.of(
                "max_depth", NumberTypes.whole(1, 16), usual.maxDepth(), "Deepest leaf of a tree", Xgboost::maxDepth);
        Field<Xgboost, Double> learningRate = share(
                        "learning_rate", usual.learningRate(), "What of each tree is added", Xgboost::learningRate)
                .alias("eta");
        Field<Xgboost, Double> subsample =
                share("subsample", usual.subsample(), "Share of the rows each tree sees", Xgboost::subsample);
        Field<Xgboost, Double> columns = share(
                "colsample_bytree", usual.columnShare(), "Share of the columns each tree sees", Xgboost::columnShare);
        Field<Xgboost, Double> weight = penalty(
                "min_child_weight",
                usual.minChildWeight(),
                "Least sum of second derivatives in a leaf",
                Xgboost::minChildWeight);
        Field<Xgboost, Double> gamma = penalty("gamma", usual.gamma(), "Least gain of a split", Xgboost::gamma);
        Field<Xgboost, Double> lambda = penalty("reg_lambda", usual.lambda(), "L2 penalty on leaves", Xgboost::lambda)
                .alias("lambda");
        Field<Xgboost, Double> alpha = penalty("reg_alpha", usual.alpha(), "L1 penalty on leaves", Xgboost::alpha)
                .alias("alpha");
        Field<Xgboost, Integer> patience = Field.of(
                "early_stopping_rounds",
                NumberTypes.whole(1, 10_000),
                usual.patience(),
                "Rounds without a better validation loss before training stops",
                Xgboost::patience);
        return new Block<>(
                List.of(
                        type,
                        estimators,
                        maxDepth,
                        learningRate,
                        subsample,
                        columns,
                        weight,
                        gamma,
                        lambda,
                        alpha,
                        patience),
                Set.of("booster", "tree_method", "max_leaves", "monotone_constraints", "scale_pos_weight"),
                v -> new Xgboost(
                        v.get(estimators),
                        v.get(maxDepth),
                        v.get(learningRate),
                        v.get(subsample),
                        v.get(columns),
                        v.get(weight),
                        v.get(gamma),
                        v.get(lambda),
                        v.get(alpha),
                        v.get(patience)));
    }

    private static Block<Mlp> mlp() {
        Field<Mlp, String> type = type("mlp", "Dense layers over columns");
        Field<Mlp, List<Integer>> sizes = sizes(List.of(128, 64), Mlp::hiddenSizes);
        Field<Mlp, Activation> activation = activation(Mlp::activation);
        Field<Mlp, Norm> norm = norm(Mlp::norm);
        Field<Mlp, Double> dropout = dropout(0.1, Mlp::dropout);
        return new Block<>(
                List.of(type, sizes, activation, norm, dropout),
                ModelTable.LATER,
                v -> new Mlp(v.get(sizes), v.get(activation), v.get(norm), v.get(dropout)));
    }

    private static Block<WideDeep> wideDeep() {
        Field<WideDeep, String> type =
                type("wide_deep", "Dense layers over numbers and embeddings of categories, beside a linear part");
        Field<WideDeep, List<Integer>> sizes = sizes(List.of(128, 64), WideDeep::hiddenSizes);
        Field<WideDeep, Activation> activation = activation(WideDeep::activation);
        Field<WideDeep, Norm> norm = norm(WideDeep::norm);
        Field<WideDeep, Double> dropout = dropout(0.1, WideDeep::dropout);
        Field<WideDeep, Integer> embedding = Field.of(
                "embedding_size",
                NumberTypes.whole(0, 1024),
                0,
                "Width of a category's vector; 0 for one that grows with the number of categories",
                WideDeep::embeddingSize);
        return new Block<>(
                List.of(type, sizes, activation, norm, dropout, embedding),
                ModelTable.LATER,
                v -> new WideDeep(v.get(sizes), v.get(activation), v.get(norm), v.get(dropout), v.get(embedding)));
    }

    private static Block<Gcn> gcn() {
        Field<Gcn, String> type = type("gcn", "Graph convolution over rows that are linked to each other");
        Field<Gcn, String> node =
                Field.required("node", TextTypes.text(), "Column that names the node of a row", Gcn::node);
        Field<Gcn, String> links = Field.required(
                "links",
                TextTypes.text(),
                "Column that lists the nodes a row is linked to: a JSON list, or names with blanks between",
                Gcn::links);
        Field<Gcn, Integer> hidden = Field.of(
                "hidden_size", NumberTypes.whole(1, 4096), 16, "Width between the two convolutions", Gcn::hiddenSize);
        Field<Gcn, Double> dropout = dropout(0.5, Gcn::dropout);
        return new Block<>(
                List.of(type, node, links, hidden, dropout),
                ModelTable.LATER,
                v -> new Gcn(v.get(node), v.get(links), v.get(hidden), v.get(dropout)));
    }

    private static Block<Autoencoder> autoencoder() {
        Autoencoder usual = (Autoencoder) STRANGENESS;
        Field<Autoencoder, String> type = type("autoencoder", "Columns through a narrow middle and back");
        Field<Autoencoder, List<Integer>> sizes = sizes(usual.hiddenSizes(), Autoencoder::hiddenSizes);
        Field<Autoencoder, Activation> activation = activation(Autoencoder::activation);
        Field<Autoencoder, Double> dropout = dropout(usual.dropout(), Autoencoder::dropout);
        Field<Autoencoder, Double> contamination = Field.of(
                "contamination",
                NumberTypes.number(Range.above(0, 0.5)),
                usual.contamination(),
                "Share of the validation rows that counts as strange",
                Autoencoder::contamination);
        return new Block<>(
                List.of(type, sizes, activation, dropout, contamination),
                ModelTable.LATER,
                v -> new Autoencoder(v.get(sizes), v.get(activation), v.get(dropout), v.get(contamination)));
    }

    private static <M> Field<M, Double> share(String name, double usual, String what, Function<M, Double> getter) {
        return Field.of(name, NumberTypes.number(Range.above(0, 1)), usual, what, getter);
    }

    private static <M> Field<M, Double> penalty(String name, double usual, String what, Function<M, Double> getter) {
        return Field.of(name, NumberTypes.number(Range.closed(0.0, 1e6)), usual, what, getter);
    }

    private static <M> Field<M, List<Integer>> sizes(List<Integer> usual, Function<M, List<Integer>> getter) {
        return Field.of(
                "hidden_sizes",
                new ListType<>(NumberTypes.whole(1, 8192), "widths", 1, 16),
                usual,
                "Widths of the hidden layers",
                getter);
    }

    private static <M> Field<M, Activation> activation(Function<M, Activation> getter) {
        return Field.of(
                "hidden_act",
                TextTypes.choice(Activation.class),
                Activation.RELU,
                "What stands behind a layer",
                getter);
    }

    private static <M> Field<M, Norm> norm(Function<M, Norm> getter) {
        return Field.of("norm", TextTypes.choice(Norm.class), Norm.NONE, "Normalisation before the activation", getter);
    }

    private static <M> Field<M, Double> dropout(double usual, Function<M, Double> getter) {
        return Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                usual,
                "Share of activations dropped while training",
                getter);
    }
}
