package dev.sampan.cli;

import dev.sampan.data.label.LabelErrors;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.ModelPackage;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Labels that are probably wrong, by confident learning. The scores are the package's, so the rows should be held
/// out: a model has learnt the labels that it was trained on, wrong ones too, and finds little among them.
@Command(name = "errors", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelErrorsVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--top", defaultValue = "50", descriptionKey = "option.top")
    private int top = 50;

    @Override
    void work(StageProgress progress) {
        requireWithin("--top", top, 1, 1_000_000);
        ModelPackage model = file.model();
        LabelRows rows = LabelRows.of(file, model, progress);
        SuspectText text =
                new SuspectText(rows, LabelErrors.find(rows.given(file.truthColumn(model)), rows.scores()), top);
        boolean learnt = learnt(model);
        if (json()) {
            Map<String, Object> document = text.tree();
            document.put("trained_on_these_rows", learnt);
            printJson(document);
        } else {
            text.print(Texts.get(learnt ? "label.learnt_rows" : "label.held_out_rows"));
        }
    }

    /// The file is one of those that the package was trained from: then most of its rows were learnt.
    private boolean learnt(ModelPackage model) {
        Sha256 hash;
        try {
            hash = Sha256.of(file.data());
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
        return model.manifest().provenance().sources().stream()
                .anyMatch(source -> source.sha256().equals(hash));
    }
}
