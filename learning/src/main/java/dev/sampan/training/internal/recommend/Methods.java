package dev.sampan.training.internal.recommend;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.RecommenderMethod;
import dev.sampan.spec.TrainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// The methods a specification allows, and how each is fitted.
///
/// @param columns where users, things and their texts stand in a row
record Methods(
        Dataset dataset,
        ModelSpec.Recommender model,
        TrainSpec train,
        Columns columns,
        Lanes lanes,
        BooleanSupplier stopped) {
    private static final double ALPHA = 5;
    private static final double RATE = 0.05;
    private static final double DECAY = 1e-4;

    /// @param texts columns that describe things
    record Columns(int user, int item, List<Integer> texts) {}

    /// A method with all it needs to be fitted.
    ///
    /// @param regularization 0 where it has none
    record Choice(RecommenderMethod method, double regularization) {
        @Override
        public String toString() {
            String name = method.name().toLowerCase(Locale.ROOT);
            return regularization == 0 ? name : name + " (regularization " + regularization + ")";
        }
    }

    /// All that may be the best one, the cheapest first.
    List<Choice> choices(Interactions interactions) {
        List<Choice> choices = new ArrayList<>();
        for (RecommenderMethod method : RecommenderMethod.values()) {
            boolean wanted = model.method() == method
                    || model.method() == RecommenderMethod.AUTO && possible(method, interactions);
            if (wanted && method != RecommenderMethod.AUTO) {
                regularizations(method).forEach(value -> choices.add(new Choice(method, value)));
            }
        }
        return choices;
    }

    private boolean possible(RecommenderMethod method, Interactions interactions) {
        return switch (method) {
            case AUTO -> false;
            case POPULAR, IALS, BPR -> true;
            case ITEM_KNN, EASE -> ItemOnItem.possible(interactions);
            case CONTENT -> Contents.possible(columns.texts());
        };
    }

    private List<Double> regularizations(RecommenderMethod method) {
        Double given = model.regularization();
        return switch (method) {
            case EASE -> given != null ? List.of(given) : List.of(50.0, 200.0, 500.0, 1000.0);
            case IALS -> given != null ? List.of(given) : List.of(5.0, 20.0, 50.0);
            case AUTO, POPULAR, ITEM_KNN, BPR, CONTENT -> List.of(0.0);
        };
    }

    Scorer fit(Choice choice, Interactions interactions, List<Split> splits) {
        return switch (choice.method()) {
            case POPULAR -> new Scorer.Constant(interactions.counts());
            case ITEM_KNN -> new ItemOnItem(interactions).nearest(model.neighbours());
            case EASE -> new ItemOnItem(interactions).ease(choice.regularization());
            case IALS ->
                new ImplicitLeastSquares(interactions, model.factors(), ALPHA, choice.regularization(), lanes)
                        .fit(train.epochs(), train.seed(), stopped);
            case BPR ->
                new PairwiseRanking(interactions, model.factors(), RATE, DECAY)
                        .fit(train.epochs(), train.seed(), stopped);
            case CONTENT -> new Contents(interactions.items()).fit(dataset, splits, columns.item(), columns.texts());
            case AUTO -> throw new IllegalArgumentException("no method of its own");
        };
    }
}
