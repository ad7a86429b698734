package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.Recommender;
import dev.sampan.spec.ModelSpec.RecommenderMethod;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;

/// The keys of `model: {type: recommender}`.
final class RecommenderTable {
    static final Block<Recommender> RECOMMENDER = recommender();

    /// What the task takes when nothing is written.
    static final Recommender DEFAULT = new Recommender(RecommenderMethod.AUTO, null, null, 64, null, 100, 10, true);

    private RecommenderTable() {}

    private static Block<Recommender> recommender() {
        Field<Recommender, String> type = ModelTable.type(
                "recommender", "pretrained", "Scores things for users by what they had to do with before");
        Field<Recommender, RecommenderMethod> method = Field.of(
                "method",
                TextTypes.choice(RecommenderMethod.class),
                RecommenderMethod.AUTO,
                "How things are scored; auto takes the best on the validation rows",
                Recommender::method);
        Field<Recommender, String> user = Field.nullable(
                "user_column",
                TextTypes.text(),
                "Input column that names users; null: the first column of type category",
                Recommender::user);
        Field<Recommender, String> item = Field.nullable(
                "item_column",
                TextTypes.text(),
                "Input column that names things; null: the second column of type category",
                Recommender::item);
        Field<Recommender, Integer> factors = Field.of(
                "factors",
                NumberTypes.whole(2, 1024),
                64,
                "Width of a thing's vector: ials, bpr (train.num_train_epochs says for how long)",
                Recommender::factors);
        Field<Recommender, Double> regularization = Field.nullable(
                "regularization",
                NumberTypes.number(Range.above(0, 1_000_000)),
                "Of ease and ials; null: the best of a few on the validation rows",
                Recommender::regularization);
        Field<Recommender, Integer> neighbours = Field.of(
                "neighbours",
                NumberTypes.whole(1, 10_000),
                100,
                "Like things looked at: item_knn",
                Recommender::neighbours);
        Field<Recommender, Integer> top =
                Field.of("top", NumberTypes.whole(1, 1000), 10, "Things in an answer", Recommender::top);
        Field<Recommender, Boolean> excludeSeen = Field.of(
                "exclude_seen",
                TextTypes.truth(),
                true,
                "Leave out what the user had to do with before",
                Recommender::excludeSeen);
        return new Block<>(
                List.of(type, method, user, item, factors, regularization, neighbours, top, excludeSeen),
                Set.of("rating_column", "min_rating"),
                v -> new Recommender(
                        v.get(method),
                        v.find(user),
                        v.find(item),
                        v.get(factors),
                        v.find(regularization),
                        v.get(neighbours),
                        v.get(top),
                        v.get(excludeSeen)));
    }
}
