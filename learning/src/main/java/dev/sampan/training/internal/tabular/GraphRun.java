package dev.sampan.training.internal.tabular;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.ColumnFitting;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.FittedColumn;
import dev.sampan.data.FittedColumns;
import dev.sampan.data.LinksColumn;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.GraphConvolution;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.Checkpoints;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.ClassObjective;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// From a data set of linked rows to the package of a graph convolution. The columns of all rows are known
/// while it learns, those of validation and test too, as in the paper; their answers are not.
public final class GraphRun {
    /// Numbers of all nodes and edges stand in memory and in the package.
    private static final int NODES_MAX = 200_000;

    private final TrainingJob job;
    private final ModelSpec.Gcn model;
    private final Audience audience;
    private final TrainSpec spec;

    public GraphRun(TrainingJob job, ModelSpec.Gcn model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        this.spec = job.spec().train();
    }

    /// The nodes of all splits, training first, with what they are linked to.
    private record Graph(LinksColumn column, List<int[]> links) {}

    private record Tables(EncodedTable train, EncodedTable validation, EncodedTable test) {}

    private EncodedTable encoded(FittedColumns fitted, Split split) {
        return EncodedTable.of(job.dataset(), fitted, split, audience.progress());
    }

    public ModelPackage run() {
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads())) {
            Graph graph = graph(job.dataset());
            FittedColumns fitted = fitted();
            Tables tables = new Tables(
                    encoded(fitted, Split.TRAIN), encoded(fitted, Split.VALIDATION), encoded(fitted, Split.TEST));
            Lesson lesson = lesson(graph, fitted.features(), tables);
            List<FittedColumn> columns = new ArrayList<>(fitted.features().columns());
            columns.add(graph.column);
            ColumnFeatures features = new ColumnFeatures(
                    columns, fitted.features().target(), fitted.features().missing());
            String key = RunKey.of(
                    spec, job.dataset().version().toString(), Json.write(features.columns()), model.toString());
            Checkpoint checkpoint = Checkpoints.of(job, key);
            RunState end = new TrainingLoop(lesson, spec, checkpoint, audience).run(lanes);
            EncodedTable train = tables.train;
            audience.progress().at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, train.rows(), end);
            facts.put("columns", fitted.notes());
            facts.put("nodes", graph.links.size());
            facts.put(
                    "links", graph.links.stream().mapToLong(near -> near.length).sum());
            ModelPackage made = PackageFiles.of("gcn", features, lesson.network(), facts)
                    .commit(draft, job, TabularFiles.counts(features.labels(), train));
            checkpoint.delete();
            audience.progress().at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private FittedColumns fitted() {
        List<InputFeature> columns = job.spec().data().inputFeatures().stream()
                .filter(input ->
                        !input.name().equals(model.node()) && !input.name().equals(model.links()))
                .toList();
        return ColumnFitting.fit(
                job.dataset(),
                columns,
                Set.copyOf(job.spec().data().source().missingValues()),
                Columns.target(job),
                Taste.DENSE);
    }

    private Lesson lesson(Graph graph, ColumnFeatures features, Tables tables) {
        EncodedTable train = tables.train;
        EncodedTable validation = tables.validation;
        EncodedTable all = train.and(validation).and(tables.test);
        GraphConvolution network = new GraphConvolution(
                GraphConvolution.Nodes.of(all.width(), all.numbers(), graph.links),
                model.hiddenSize(),
                model.dropout(),
                features.labels(),
                spec.seed());
        return new Lesson(
                network,
                ClassObjective.of(spec.losses(), features.labels(), TabularFiles.counts(features.labels(), train)),
                new GraphExamples(train, graph.column, graph.links.subList(0, train.rows())),
                validation.rows() == 0
                        ? null
                        : new GraphExamples(
                                validation,
                                graph.column,
                                graph.links.subList(train.rows(), train.rows() + validation.rows())),
                new ClassExaminer(features.labels().size()));
    }

    /// @throws ProblemException `training.too_large`, `data.duplicate_node`, `input.invalid`
    private Graph graph(Dataset dataset) {
        List<String> names = new ArrayList<>();
        List<List<String>> written = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        int node = dataset.inputs().indexOf(model.node());
        int links = dataset.inputs().indexOf(model.links());
        for (Split split : Split.values()) {
            try (RowReader rows = Datasets.rows(dataset, split)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    String name = row.values().get(node).strip();
                    if (name.isEmpty() || places.putIfAbsent(name, names.size()) != null) {
                        throw new ProblemException(Problem.of(
                                        "data.duplicate_node",
                                        name.isEmpty()
                                                ? "A row has no name in its column '" + model.node() + "'"
                                                : "Two rows are the node '" + name + "'")
                                .at(row.origin())
                                .remedy("Each row of a graph is a node with a name of its own"));
                    }
                    names.add(name);
                    written.add(LinksColumn.written(model.links(), row.values().get(links)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (names.size() > NODES_MAX) {
                throw new ProblemException(Problem.of(
                        "training.too_large", "A graph of more than " + NODES_MAX + " nodes is not learnt at once"));
            }
        }
        LinksColumn unweighed = new LinksColumn(model.links(), names, new int[names.size()], places);
        List<int[]> known = written.stream().map(unweighed::known).toList();
        int[] degrees = known.stream().mapToInt(near -> near.length + 1).toArray();
        return new Graph(new LinksColumn(model.links(), names, degrees, places), known);
    }
}
