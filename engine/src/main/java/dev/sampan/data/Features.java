package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What was fitted on the training rows: an immutable value that travels in the package and is applied alike in
/// training, evaluation and serving. Safe for many threads.
public sealed interface Features permits TokenFeatures, SubwordFeatures {
    /// Name of the file in a package.
    String FILE = "features.json";

    /// Names of the input columns, in the order in which their texts are joined by one blank.
    List<String> inputs();

    /// The categories, in the order of the model's outputs.
    List<String> labels();

    /// The text steps of `data.clean`, in order.
    List<CleanStep> clean();

    /// Tokens read of one text; the rest is cut off.
    int maxLength();

    /// The cleaned text of one row, inputs joined.
    ///
    /// @throws dev.sampan.kernel.ProblemException `input.missing_column` with the nearest name when one is absent
    String text(Map<String, String> row);

    /// Pieces of a cleaned text in reading order, white space included, so that joined they are the text again;
    /// each is what an explanation may take out (a word, or a character of Chinese).
    List<String> pieces(String cleaned);

    /// Token ids of cleaned texts, padded to the longest.
    TokenBatch encode(List<String> cleaned);

    /// Writes [#FILE] (and `tokenizer.json` for subwords) into a folder.
    void write(Path folder);

    /// Reads what [#write] wrote.
    ///
    /// @throws dev.sampan.kernel.ProblemException `model.corrupt`; `model.newer` for a format of a later version
    static Features read(Path folder) {
        return FeaturesFile.read(folder);
    }
}
