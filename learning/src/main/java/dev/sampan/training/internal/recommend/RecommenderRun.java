package dev.sampan.training.internal.recommend;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Lanes;
import dev.sampan.compute.Torch;
import dev.sampan.data.Dataset;
import dev.sampan.data.InteractionFeatures;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.Audience;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// From interactions to the package of a recommender: each choice is fitted on the training rows and asked about the
/// validation rows; the best is fitted again on both, in a trial excepted.
public final class RecommenderRun {
    private final TrainingJob job;
    private final ModelSpec.Recommender model;
    private final Audience audience;
    private final Dataset dataset;
    private final long startedNanos = System.nanoTime();

    public RecommenderRun(TrainingJob job, ModelSpec.Recommender model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        this.dataset = job.dataset();
    }

    /// One choice as it did on the validation rows.
    private record Tried(Methods.Choice choice, double ndcg) {}

    public ModelPackage run() {
        Methods.Columns columns = columns();
        audience.progress().at("fit", 0, 1, "");
        Interactions train = interactions(columns, List.of(Split.TRAIN));
        if (train.items().size() < 2) {
            throw new ProblemException(Problem.of(
                    "training.no_rows",
                    "There are " + train.items().size() + " different things in the training rows, and a recommender"
                            + " needs two at least"));
        }
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads())) {
            Methods methods = new Methods(
                    dataset,
                    model,
                    job.spec().train(),
                    columns,
                    lanes,
                    () -> audience.progress().cancelled());
            List<Tried> tried = tried(methods, train, columns);
            Methods.Choice best = tried.getFirst().choice();
            List<Split> learnt =
                    job.learnsFromValidation() ? List.of(Split.TRAIN, Split.VALIDATION) : List.of(Split.TRAIN);
            Interactions all = interactions(columns, learnt);
            audience.progress().at("package", 0, 1, best.toString());
            ModelProto graph = graph(methods, best, all, learnt);
            ModelPackage made = commit(draft, all, graph, tried, columns);
            audience.progress().at("package", 1, 1, "");
            return made;
        }
    }

    /// The best first; a single choice is not asked about.
    private List<Tried> tried(Methods methods, Interactions train, Methods.Columns columns) {
        List<Methods.Choice> choices = methods.choices(train);
        HeldOutLists lists = new HeldOutLists(train, interactions(columns, List.of(Split.VALIDATION)), model.top());
        List<Tried> tried = new ArrayList<>();
        for (Methods.Choice choice : choices) {
            audience.progress().at("train", tried.size(), choices.size(), choice.toString());
            double ndcg = lists.isEmpty() ? 0 : lists.ndcg(graph(methods, choice, train, List.of(Split.TRAIN)));
            tried.add(new Tried(choice, ndcg));
            audience.metrics().epoch(tried.size(), Map.of("validation_ndcg", ndcg));
        }
        audience.progress().at("train", choices.size(), choices.size(), "");
        tried.sort((a, b) -> Double.compare(b.ndcg(), a.ndcg()));
        return tried;
    }

    private ModelProto graph(Methods methods, Methods.Choice choice, Interactions interactions, List<Split> splits) {
        Scorer scorer = methods.fit(choice, interactions, splits);
        if (audience.progress().cancelled()) {
            throw new CancellationException("training was cancelled");
        }
        return Graphs.of(scorer, interactions.counts(), model.excludeSeen());
    }

    private Interactions interactions(Methods.Columns columns, List<Split> splits) {
        return Interactions.of(dataset, splits, columns.user(), columns.item());
    }

    private Methods.Columns columns() {
        int user = column("model.user_column", model.user(), 0);
        int item = column("model.item_column", model.item(), 1);
        List<InputFeature> inputs = job.spec().data().inputFeatures();
        List<Integer> texts = IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).type() == InputType.TEXT)
                .boxed()
                .toList();
        return new Methods.Columns(user, item, texts);
    }

    private int column(String key, @Nullable String name, int which) {
        List<InputFeature> inputs = job.spec().data().inputFeatures();
        List<String> categories = inputs.stream()
                .filter(input -> input.type() == InputType.CATEGORY)
                .map(InputFeature::name)
                .toList();
        if (name == null && categories.size() <= which) {
            throw new ProblemException(Problem.of(
                            "training.missing_column",
                            "A recommender reads two columns of type category, users and things, and there are "
                                    + categories.size())
                    .at("data.input_features"));
        }
        String wanted = name == null ? categories.get(which) : name;
        int found = dataset.inputs().indexOf(wanted);
        if (found < 0) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("training.missing_column", "No input column is named '" + wanted + "'")
                            .at(key),
                    wanted,
                    dataset.inputs()));
        }
        return found;
    }

    private ModelPackage commit(
            PackageDraft draft, Interactions all, ModelProto graph, List<Tried> tried, Methods.Columns columns) {
        InteractionFeatures features = new InteractionFeatures(
                dataset.inputs().get(columns.user()),
                dataset.inputs().get(columns.item()),
                all.users(),
                all.byUser(),
                new Target.Items(all.items(), model.top()));
        features.write(draft.folder());
        draft.write("model.onnx", graph.toByteArray());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("Recommender"));
        config.put("model_type", "recommender");
        config.put("method", tried.getFirst().choice().toString());
        config.put("items", all.items().size());
        draft.write("config.json", Json.pretty(config).getBytes(StandardCharsets.UTF_8));
        return draft.commit(new Manifest(
                job.spec().name(),
                "recommender",
                Instant.now().toString(),
                Specs.toTree(job.spec()),
                dataset.version(),
                dataset.provenance(),
                Map.of(),
                facts(all, tried),
                List.of(),
                Map.of(),
                Map.of()));
    }

    private Map<String, Object> facts(Interactions all, List<Tried> tried) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", job.spec().train().seed());
        facts.put("rows", dataset.count(Split.TRAIN));
        facts.put("users", all.users().size());
        facts.put("items", all.items().size());
        facts.put("seconds", (System.nanoTime() - startedNanos) / 1e9);
        facts.put("threads", job.threads());
        facts.put("java", System.getProperty("java.version"));
        facts.put("libtorch", Torch.VERSION);
        PackageFiles.fittedOn(facts, job, true);
        facts.put(
                "tried",
                tried.stream()
                        .map(one -> Map.of("method", one.choice().toString(), "validation_ndcg", one.ndcg()))
                        .toList());
        return facts;
    }
}
