package dev.sampan.model.internal;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.Target;
import java.util.List;

/// What a graph must answer for each target.
public final class Signature {
    private Signature() {}

    public static List<Declared> outputs(Target target) {
        return switch (target) {
            case Target.Categories(List<String> labels) ->
                List.of(floats("logits", labels.size()), floats("probabilities", labels.size()));
            case Target.Quantity _, Target.Strangeness _ -> List.of(floats("value", 1));
            case Target.Horizon horizon ->
                List.of(new Declared("points", Type.FLOAT, List.of(-1L, 3L, (long) horizon.steps())));
            case Target.Samples samples -> List.of(floats("sample", samples.width()));
            case Target.Items items -> List.of(floats("scores", items.items().size()));
            case Target.Tags tags ->
                List.of(new Declared("logits", Type.FLOAT, List.of(-1L, -1L, (long)
                        tags.tags().size())));
        };
    }

    private static Declared floats(String name, long width) {
        return new Declared(name, Type.FLOAT, List.of(-1L, width));
    }
}
