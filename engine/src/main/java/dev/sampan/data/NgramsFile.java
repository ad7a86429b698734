package dev.sampan.data;

import dev.sampan.kernel.Sha256;
import dev.sampan.spec.ModelSpec.NgramUnit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `features.json` of [NgramFeatures], format 1.
///
/// @param format 1
/// @param kind `ngrams`
/// @param clean as in the other kinds
/// @param tables the n-grams, ids counting through them in order
/// @param encoder of the encoder beside them; null when there is none
record NgramsFile(
        int format,
        String kind,
        List<String> inputs,
        List<String> labels,
        List<Object> clean,
        List<TableEntry> tables,
        @Nullable EncoderEntry encoder) {
    static final String KIND = "ngrams";
    private static final int FORMAT = 1;

    /// @param unit `words` or `characters`
    record TableEntry(String unit, int shortest, int longest, List<String> grams, float[] idf) {}

    /// @param tokenizerSha256 hash of the `tokenizer.json` beside it
    record EncoderEntry(int maxLength, String tokenizerSha256) {}

    static NgramsFile of(NgramFeatures features) {
        SubwordFeatures subwords = features.subwords();
        return new NgramsFile(
                FORMAT,
                KIND,
                features.inputs(),
                features.labels(),
                CleanSteps.write(features.clean()),
                features.tables().stream().map(NgramsFile::entry).toList(),
                subwords == null
                        ? null
                        : new EncoderEntry(
                                subwords.maxLength(),
                                Sha256.of(subwords.tokenizerJson()).hex()));
    }

    private static TableEntry entry(NgramTable table) {
        return new TableEntry(
                table.unit().name().toLowerCase(Locale.ROOT),
                table.shortest(),
                table.longest(),
                table.grams(),
                table.idf());
    }

    /// @throws NullPointerException, IllegalArgumentException when a part is missing or out of range
    NgramFeatures features(Path folder) {
        List<NgramTable> read = tables.stream()
                .map(table -> new NgramTable(
                        NgramUnit.valueOf(table.unit().toUpperCase(Locale.ROOT)),
                        table.shortest(),
                        table.longest(),
                        table.grams(),
                        table.idf()))
                .toList();
        SubwordFeatures subwords = encoder == null
                ? null
                : new SubwordFeatures(
                        inputs,
                        labels,
                        CleanSteps.read(clean),
                        FeaturesFile.tokenizer(folder, encoder.tokenizerSha256()),
                        encoder.maxLength());
        return new NgramFeatures(inputs, labels, CleanSteps.read(clean), read, subwords);
    }
}
