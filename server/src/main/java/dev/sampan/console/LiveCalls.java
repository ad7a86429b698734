package dev.sampan.console;

import dev.sampan.catalog.Catalog;
import dev.sampan.gateway.Door;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.shell.CallExample;
import dev.sampan.shell.CallExamples;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Calls that work when pasted: for each live model with a question it was explained on. Shown on the keys page
/// and on the model's own.
@Component
public class LiveCalls implements CallExamples, Panel {
    private static final Map<String, String> NO_SAMPLE = Map.of("text", "…");

    private final Serving serving;
    private final Catalog catalog;
    private final Door door;
    private final String publicUrl;
    private final Map<Sha256, Map<String, String>> inputs = new ConcurrentHashMap<>();

    /// @param publicUrl of the API as customers reach it; empty for the door's own address
    LiveCalls(Serving serving, Catalog catalog, Door door, @Value("${sampan.api.public-url:}") String publicUrl) {
        this.serving = serving;
        this.catalog = catalog;
        this.door = door;
        this.publicUrl = publicUrl;
    }

    public record CallView(CallExample example) {}

    @Override
    public List<CallExample> callExamples() {
        return serving.deployments().stream().map(this::example).toList();
    }

    @Override
    public String slot() {
        return "public-model-call";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        return serving.live(subject).map(live -> new Screen("console/call", new CallView(example(live))));
    }

    private CallExample example(Deployment live) {
        Map<String, String> input = inputs.computeIfAbsent(
                live.content(), content -> sample(catalog.open(content).manifest()));
        return new CallExample(publicUrl.isEmpty() ? door.address().toString() : publicUrl, live.publicModel(), input);
    }

    /// The first input that was explained, else a blank for the column the model reads.
    private static Map<String, String> sample(Manifest manifest) {
        if (manifest.results().get("explanations") instanceof List<?> samples
                && !samples.isEmpty()
                && samples.getFirst() instanceof Map<?, ?> sample
                && sample.get("input") instanceof Map<?, ?> input) {
            Map<String, String> texts = new TreeMap<>();
            input.forEach((column, text) -> texts.put(String.valueOf(column), String.valueOf(text)));
            return texts;
        }
        return manifest.spec().get("data") instanceof Map<?, ?> data
                        && data.get("input_features") instanceof List<?> features
                        && !features.isEmpty()
                        && features.getFirst() instanceof Map<?, ?> feature
                ? Map.of(String.valueOf(feature.get("name")), "…")
                : NO_SAMPLE;
    }
}
