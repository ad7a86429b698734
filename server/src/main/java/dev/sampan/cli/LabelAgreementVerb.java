package dev.sampan.cli;

import dev.sampan.data.Spans.Span;
import dev.sampan.data.label.Agreement;
import dev.sampan.data.label.LabelStudio;
import dev.sampan.data.label.Labelled;
import dev.sampan.data.label.Labelled.Annotation;
import dev.sampan.studio.StageProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// How far the people who labelled agree beyond chance.
@Command(name = "agreement", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelAgreementVerb extends LocalVerb {
    @Parameters(index = "0", paramLabel = "EXPORT", descriptionKey = "parameter.label_studio")
    private @Nullable Path file;

    @Override
    void work(StageProgress progress) {
        List<Labelled> tasks = LabelStudio.read(Objects.requireNonNull(file, "picocli asks for it"));
        Agreement agreement =
                Agreement.of(tasks.stream().map(LabelAgreementVerb::choices).toList());
        Double spans =
                Agreement.ofSpans(tasks.stream().map(LabelAgreementVerb::spans).toList());
        if (json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("choices", agreement);
            document.put("spans_f1", spans);
            printJson(document);
            return;
        }
        System.out.println(Texts.get("label.agreement", agreement.items(), agreement.annotators()));
        print("label.observed", agreement.items() == 0 ? null : (Double) agreement.observed());
        print("label.cohen", agreement.cohen());
        print("label.fleiss", agreement.fleiss());
        print("label.krippendorff", agreement.krippendorff());
        print("label.spans", spans);
    }

    private static void print(String key, @Nullable Double value) {
        if (value != null) {
            System.out.println(String.format(Locale.ROOT, "  %7.4f  %s", value, Texts.get(key)));
        }
    }

    /// Who chose what; several choices of one person are one answer together.
    private static Map<String, String> choices(Labelled task) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Annotation annotation : task.annotations()) {
            if (!annotation.choices().isEmpty()) {
                List<String> sorted = new ArrayList<>(annotation.choices());
                sorted.sort(null);
                answers.put(annotation.by(), String.join(" + ", sorted));
            }
        }
        return answers;
    }

    private static Map<String, Set<Span>> spans(Labelled task) {
        Map<String, Set<Span>> answers = new LinkedHashMap<>();
        for (Annotation annotation : task.annotations()) {
            if (annotation.choices().isEmpty()) {
                answers.put(annotation.by(), Set.copyOf(annotation.spans()));
            }
        }
        return answers;
    }
}
