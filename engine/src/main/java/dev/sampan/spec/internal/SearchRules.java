package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.SearchSpec.Scheduler;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import org.jspecify.annotations.Nullable;

/// What of block `search` has a meaning beside the other blocks.
final class SearchRules {
    private static final String MODEL_TYPE = "model.type";
    private static final String EPOCHS = "train.num_train_epochs";
    private static final String STEPS = "train.max_steps";

    private SearchRules() {}

    static @Nullable Spec checked(Values values, @Nullable Spec spec) {
        SearchSpec search = spec == null ? null : spec.search();
        if (spec == null || search == null) {
            return spec;
        }
        if (spec.model() instanceof ModelSpec.Auto && !search.parameters().containsKey(MODEL_TYPE)) {
            return refused(
                    values,
                    "search.parameters",
                    "Beside model: auto a search must say which architectures it tries",
                    "Vary model.type with {space: choice, values: [mlp, linear]}, or write one architecture");
        }
        if (spec.task() == Task.ANOMALY && spec.data().outputFeatures().isEmpty()) {
            return refused(
                    values,
                    "search",
                    "Trials cannot be compared where no column says which rows are anomalies",
                    "Name that column in data.output_features, or leave the block search out");
        }
        return search.scheduler() == Scheduler.ASHA ? checkedForEpochs(values, spec, search) : spec;
    }

    /// ASHA gives out epochs, so there must be some, and nobody else may say how many.
    private static @Nullable Spec checkedForEpochs(Values values, Spec spec, SearchSpec search) {
        String what = LoopRules.unlooped(spec.model());
        if (what != null && !search.parameters().containsKey(MODEL_TYPE)) {
            return refused(
                    values,
                    "search.scheduler",
                    "asha gives out epochs, and there are none for " + what,
                    "Leave search.scheduler out");
        }
        for (String key : new String[] {EPOCHS, STEPS}) {
            if (search.parameters().containsKey(key)) {
                return refused(
                        values,
                        "search.parameters",
                        "asha decides how long a trial goes on, so " + key + " cannot be varied",
                        "Vary another key, or leave search.scheduler out");
            }
        }
        if (spec.train().pace().maxSteps() != null) {
            return refused(
                    values,
                    "search.scheduler",
                    "asha counts epochs, and train.max_steps ends a training by steps",
                    "Write train.num_train_epochs instead");
        }
        return spec;
    }

    private static @Nullable Spec refused(Values values, String path, String sentence, String remedy) {
        values.problem(path, "spec.no_meaning", sentence, remedy);
        return null;
    }
}
