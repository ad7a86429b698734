package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.data.NgramFeatures.Grams;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec.NgramSpec;
import java.util.List;

/// Texts as their weighted n-grams, as [NgramFeatures] has them. The graph reads `<tensor>_ids` INT64 and
/// `<tensor>_weights` FLOAT, (batch, grams) each, padded with weight 0; a text without a known n-gram, an empty one
/// above all, has weights 0 alone.
///
/// @param tensor what the names of the graph's inputs begin with
/// @param clean the text steps, as [CleanSteps] writes them
/// @param tables the n-grams, ids counting through them in order
public record NgramColumn(String name, String tensor, List<Object> clean, List<NgramTable> tables)
        implements FittedColumn.Own {
    public NgramColumn {
        clean = List.copyOf(clean);
        tables = List.copyOf(tables);
        CleanSteps.read(clean);
    }

    /// Fitted on the training rows.
    ///
    /// @throws dev.sampan.kernel.ProblemException `data.no_ngrams`
    public static NgramColumn fit(
            Dataset dataset, String column, String tensor, List<CleanStep> clean, NgramSpec spec) {
        List<CleanStep> steps = TextCleaner.textSteps(clean);
        List<NgramTable> tables = NgramFitting.tables(dataset, column, new TextCleaner(steps), spec);
        return new NgramColumn(column, tensor, CleanSteps.write(steps), tables);
    }

    /// How many n-grams there are.
    public int size() {
        return tables.stream().mapToInt(table -> table.grams().size()).sum();
    }

    /// Of each text.
    public List<Grams> grams(List<String> texts) {
        TextCleaner cleaner = new TextCleaner(CleanSteps.read(clean));
        return texts.stream()
                .map(text -> NgramFeatures.grams(tables, cleaner.clean(text)))
                .toList();
    }

    public String ids() {
        return tensor + "_ids";
    }

    public String weights() {
        return tensor + "_weights";
    }

    @Override
    public List<Declared> tensors() {
        List<Long> any = List.of(-1L, -1L);
        return List.of(new Declared(ids(), Type.INT64, any), new Declared(weights(), Type.FLOAT, any));
    }

    @Override
    public List<Values> encode(List<String> values) {
        return NgramFeatures.padded(grams(values));
    }

    @Override
    public String example() {
        return "text";
    }
}
