package dev.sampan.testing;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.data.NumberSample;
import dev.sampan.data.PictureSample;
import dev.sampan.data.Provenance;
import dev.sampan.data.SampleColumn;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Target;
import dev.sampan.data.WordSample;
import dev.sampan.data.image.Frame;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Packages of generators made by hand: a sample is the hyperbolic tangent of its noise.
public final class GeneratorFixtures {
    private static final List<String> LABELS = List.of("cat", "dog");

    private GeneratorFixtures() {}

    /// Of grey pictures of 2 × 2 pixels, with the label `kind`.
    public static ModelPackage ofPictures(Path folder) {
        Frame frame = new Frame(2, 2, 1, Interpolation.BILINEAR, ResizeMethod.STRETCH);
        return made(folder, List.of(new PictureSample("image", frame)));
    }

    /// Of rows with an age and a job, with the label `kind`.
    public static ModelPackage ofRows(Path folder) {
        return made(
                folder,
                List.of(
                        new NumberSample("age", new double[] {17.5, 40, 90.5}, 0, false),
                        new WordSample("job", List.of("nurse", "smith, retired", "clerk"))));
    }

    private static ModelPackage made(Path folder, List<SampleColumn> columns) {
        Target.Samples target = new Target.Samples(columns);
        SampleFeatures features = new SampleFeatures(target.width(), "kind", LABELS, List.of(0.5, 0.5), target);
        OnnxGraph graph = new OnnxGraph("tanh");
        String width = Integer.toString(target.width());
        String noise = graph.input(SampleFeatures.NOISE, ElementType.FLOAT, "batch", width);
        if (features.choices() > 0) {
            graph.input(SampleFeatures.CHOICES, ElementType.FLOAT, "batch", Integer.toString(features.choices()));
        }
        String label = graph.input(SampleFeatures.CONDITION, ElementType.FLOAT, "batch", "2");
        String sum = graph.node("ReduceMean", List.of(label), attribute("axes", List.of(1L)), attribute("keepdims", 1));
        graph.node("Tanh", List.of(graph.node("Add", List.of(noise, sum))), List.of("sample"));
        graph.output("sample", ElementType.FLOAT, "batch", width);
        try (PackageDraft draft = PackageDraft.create(folder, false)) {
            features.write(draft.folder());
            draft.write("model.onnx", graph.toModel().toByteArray());
            Safetensors.write(
                    draft.file("model.safetensors"),
                    Map.of("none", new Tensor(new long[] {1}, new float[1])),
                    Map.of("format", "pt"));
            draft.write("config.json", "{\"model_type\":\"gan\"}\n".getBytes(StandardCharsets.UTF_8));
            Sha256 content = Sha256.of("tiny");
            return draft.commit(new Manifest(
                    "tiny-generator",
                    "gan",
                    "2026-01-02T03:04:05Z",
                    Map.of("version", 1, "name", "tiny-generator", "task", "image_generation"),
                    content,
                    new Provenance(List.of(new Provenance.SourceFile("rows.csv", 1234, content, "UTF-8", 120))),
                    Map.of("cat", 60L, "dog", 60L),
                    Map.of("seed", 42),
                    List.of(),
                    Map.of(),
                    Map.of()));
        }
    }
}
