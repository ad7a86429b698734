package dev.sampan.spec.internal;

import dev.sampan.spec.ImageAugment;
import dev.sampan.spec.ImageAugment.Kind;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of `augment.image`: its name alone, or `name: amount`.
record AugmentType() implements Type<ImageAugment> {
    private static final Type<Kind> NAME = TextTypes.choice(Kind.class, "mixup", "cutmix", "auto_augment");

    @Override
    public @Nullable ImageAugment read(Spot spot) {
        return switch (spot.node()) {
            case Tree.Leaf leaf
            when !leaf.isNull() -> {
                Kind kind = NAME.read(spot);
                yield kind == null ? null : new ImageAugment(kind, kind.usual());
            }
            case Tree.Branch(List<Tree.Entry> entries, Place _)
            when entries.size() == 1 -> measured(spot, entries.getFirst());
            case Tree.Leaf _, Tree.Items _, Tree.Branch _ -> {
                spot.wrongType("one step: " + String.join(", ", names()), "Write 'name' or 'name: amount'");
                yield null;
            }
        };
    }

    private static @Nullable ImageAugment measured(Spot spot, Tree.Entry entry) {
        Tree.Leaf name = new Tree.Leaf(entry.key(), true, entry.place());
        Kind kind = NAME.read(new Spot(spot.path(), name, spot.reading()));
        if (kind == null) {
            return null;
        }
        Double amount = amount(kind).read(spot.child(entry.key(), entry.value()));
        return amount == null ? null : new ImageAugment(kind, amount);
    }

    private static Type<Double> amount(Kind kind) {
        return NumberTypes.number(Range.closed(0.0, kind.largest()));
    }

    private static List<String> names() {
        return Arrays.stream(Kind.values()).map(AugmentType::name).toList();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Object write(ImageAugment step) {
        return Map.of(name(step.kind()), step.amount());
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> forms = new ArrayList<>();
        forms.add(Map.of("enum", names()));
        for (Kind kind : Kind.values()) {
            forms.add(Schemas.single(name(kind), amount(kind).schema()));
        }
        return Map.of("oneOf", forms);
    }
}
