package dev.sampan.cli;

import dev.sampan.data.Datasets;
import dev.sampan.data.label.LabelErrors;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageProgress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Labels that are probably wrong among all rows of a specification: it is trained once for each fold, so that every
/// row is judged by a model that has not learnt its label, as confident learning asks.
@Command(name = "cross-check", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelCrossCheckVerb extends LocalVerb {
    @Mixin
    private SpecFile file = new SpecFile();

    @Option(names = "--folds", defaultValue = "5", descriptionKey = "option.folds")
    private int folds = 5;

    @Option(names = "--top", defaultValue = "50", descriptionKey = "option.top")
    private int top = 50;

    @Override
    void work(StageProgress progress) {
        requireWithin("--folds", folds, 2, 20);
        requireWithin("--top", top, 1, 1_000_000);
        LabelRows rows = new FoldScores(file.path(), file.overrides(), folds)
                .by(new Road(Home.prepared(), Home.trainer()), progress);
        SuspectText text = new SuspectText(rows, LabelErrors.find(rows.given(Datasets.LABEL), rows.scores()), top);
        if (json()) {
            Map<String, Object> document = text.tree();
            document.put("folds", folds);
            printJson(document);
        } else {
            text.print(Texts.get("label.cross_checked", folds));
        }
    }
}
