package dev.sampan.training;

import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.GanSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.internal.FineTuneRun;
import dev.sampan.training.internal.NgramRun;
import dev.sampan.training.internal.PretrainedRun;
import dev.sampan.training.internal.TaggerRun;
import dev.sampan.training.internal.TextClassifierRun;
import dev.sampan.training.internal.TextClassifierRun.Plan;
import dev.sampan.training.internal.forecast.ForecasterRun;
import dev.sampan.training.internal.fusion.FusionRun;
import dev.sampan.training.internal.generate.GenerationRun;
import dev.sampan.training.internal.images.ImageRun;
import dev.sampan.training.internal.recommend.RecommenderRun;
import dev.sampan.training.internal.tabular.GraphRun;
import dev.sampan.training.internal.tabular.TableRun;
import dev.sampan.training.internal.tabular.TreesRun;
import dev.sampan.training.loop.Audience;

/// Trains.
public final class Training {
    private Training() {}

    /// The package, written whole at `job.out()`.
    ///
    /// @param progress steps `fit`, `encode`, `train` and `package`
    /// @throws dev.sampan.kernel.ProblemException `training.no_rows`, `training.diverged`, `output.*`,
    ///     `learning.native_missing`
    /// @throws java.util.concurrent.CancellationException when the progress is cancelled; no package is left,
    ///     and a later call with the same work folder goes on where this one stopped
    public static ModelPackage train(TrainingJob job, Progress progress, MetricListener metrics) {
        Audience audience = new Audience(progress, metrics);
        return switch (job.spec().model()) {
            case ModelSpec.BiLstm model -> new TextClassifierRun(job, Plan.of(model), audience).run();
            case ModelSpec.Recurrent model -> new TextClassifierRun(job, Plan.of(model), audience).run();
            case ModelSpec.TextCnn model -> new TextClassifierRun(job, Plan.of(model), audience).run();
            case ModelSpec.Forecaster model -> new ForecasterRun(job, model, audience).run();
            case ModelSpec.Recommender model -> new RecommenderRun(job, model, audience).run();
            case ModelSpec.BiLstmCrf model -> new TaggerRun(job, model, audience).run();
            case ModelSpec.Ngram model -> new NgramRun(job, model, audience).run();
            case ModelSpec.Pretrained model when model.learns() -> new FineTuneRun(job, model, audience).run();
            case ModelSpec.Pretrained model -> new PretrainedRun(job, model, audience).run();
            case ModelSpec.Cnn model -> new ImageRun(job, model, audience).run();
            case ModelSpec.ResNet model -> new ImageRun(job, model, audience).run();
            case ModelSpec.Xgboost model -> new TreesRun(job, model, audience).run();
            case ModelSpec.Mlp model -> new TableRun(job, model, audience).run();
            case ModelSpec.WideDeep model -> new TableRun(job, model, audience).run();
            case ModelSpec.Linear model -> new TableRun(job, model, audience).run();
            case ModelSpec.Gcn model -> new GraphRun(job, model, audience).run();
            case ModelSpec.Autoencoder model -> new TableRun(job, model, audience).run();
            case ModelSpec.Gan(GanSpec networks) -> new GenerationRun(job, networks, audience).run();
            case ModelSpec.Fusion model -> new FusionRun(job, model, audience).run();
            case ModelSpec.Auto _ ->
                throw new IllegalArgumentException("which architecture is decided by whoever tries them");
        };
    }
}
