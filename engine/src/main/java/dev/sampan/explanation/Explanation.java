package dev.sampan.explanation;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why one answer came out as it did.
///
/// @param method `lime`, `occlusion`, or `shares`: what the parts of a fused model had to do with the answer, adding up
/// to 1
/// @param label the answer that is explained
/// @param score its probability
/// @param tokens pieces of the input in reading order; joined they give the input as it was cleaned. White space
///     stands alone with weight 0; in a long text one token is a group of neighbours; what the model does not
///     read any more is one last token of weight 0
/// @param quality how far the explanation itself can be trusted
/// @param grid how the pieces of a picture lie, row by row; null for a text
public record Explanation(
        String method,
        String label,
        double score,
        List<TokenWeight> tokens,
        Quality quality,
        @Nullable Grid grid) {
    public Explanation {
        tokens = List.copyOf(tokens);
    }

    /// Of a text.
    public Explanation(String method, String label, double score, List<TokenWeight> tokens, Quality quality) {
        this(method, label, score, tokens, quality, null);
    }

    /// Rows and columns of patches.
    public record Grid(int rows, int columns) {}

    /// The words that spoke loudest, for or against, loudest first.
    public List<TokenWeight> heaviest(int atMost) {
        return tokens.stream()
                .filter(token -> !token.text().isBlank())
                .sorted(Comparator.comparingDouble(token -> -Math.abs(token.weight())))
                .limit(atMost)
                .toList();
    }

    /// @param weight change of the label's probability that is ascribed to this token; positive speaks for the
    ///     label
    public record TokenWeight(String text, double weight) {}

    /// @param fidelity LIME: R² of the local model, weighted; occlusion: 1
    /// @param stability LIME: rank correlation of the weights that two seeds find, each from half the samples, -1
    ///     to 1, and 1 where all variants were asked; occlusion, which leaves nothing to chance: 1
    /// @param deletionDrop probability lost when the heaviest fifth of the tokens is taken out, less what is lost
    ///     for as many tokens at random: above 0 when the explanation points at what matters
    public record Quality(double fidelity, double stability, double deletionDrop) {}
}
