package dev.sampan.explanation;

import dev.sampan.explanation.Explanation.TokenWeight;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A text cut into the units that are taken out and put back: words or characters, neighbours grouped where there
/// are too many. White space is never a unit. It stays where it is shown and leaves together with the unit before
/// it (what stands before the first unit leaves with that one), so that a variant has no doubled blanks the model
/// never saw in training.
///
/// @param parts in reading order; joined they are the whole text
/// @param units how many of the parts have a weight
/// @param tail what lies beyond the model's reach: it reads so many tokens, and each piece is one at least
record Text(List<Part> parts, int units, String tail) implements Parts {
    /// @param unit number of the unit with which this part stays or leaves
    /// @param weighted false for white space
    record Part(String text, int unit, boolean weighted) {}

    static Text of(List<String> pieces, int reach, int unitsMax) {
        int end = endOfReach(pieces, reach);
        long words = pieces.subList(0, end).stream().filter(p -> !p.isBlank()).count();
        int perUnit = (int) Math.ceilDiv(Math.max(1, words), unitsMax);
        List<Part> parts = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        int inGroup = 0;
        int unit = -1;
        for (String piece : pieces.subList(0, end)) {
            if (piece.isBlank() && (group.isEmpty() || inGroup == perUnit)) {
                flush(group, unit, parts);
                inGroup = 0;
                parts.add(new Part(piece, Math.max(0, unit), false));
                continue;
            }
            if (!piece.isBlank() && inGroup == perUnit) {
                flush(group, unit, parts);
                inGroup = 0;
            }
            if (inGroup == 0) {
                unit++;
            }
            group.append(piece);
            inGroup += piece.isBlank() ? 0 : 1;
        }
        flush(group, unit, parts);
        return new Text(List.copyOf(parts), unit + 1, String.join("", pieces.subList(end, pieces.size())));
    }

    private static void flush(StringBuilder group, int unit, List<Part> parts) {
        if (!group.isEmpty()) {
            parts.add(new Part(group.toString(), unit, true));
            group.setLength(0);
        }
    }

    private static int endOfReach(List<String> pieces, int reach) {
        int words = 0;
        for (int i = 0; i < pieces.size(); i++) {
            words += pieces.get(i).isBlank() ? 0 : 1;
            if (words > reach) {
                return i;
            }
        }
        return pieces.size();
    }

    /// The text as it came.
    @Override
    public String whole() {
        return String.join("", parts.stream().map(Part::text).toList()) + tail;
    }

    /// What is left of the text when only these units stay.
    String keeping(BitSet kept) {
        StringBuilder left = new StringBuilder();
        for (Part part : parts) {
            if (kept.get(part.unit())) {
                left.append(part.text());
            }
        }
        return left.toString();
    }

    /// The features join the columns; a variant is of the joined text, so it fills the first column and leaves
    /// the others blank.
    @Override
    public Map<String, String> input(BitSet kept, List<String> inputs) {
        Map<String, String> input = new HashMap<>();
        inputs.forEach(name -> input.put(name, ""));
        input.put(inputs.getFirst(), keeping(kept));
        return input;
    }

    @Override
    public List<TokenWeight> weighted(double[] weights) {
        List<TokenWeight> tokens = new ArrayList<>();
        for (Part part : parts) {
            tokens.add(new TokenWeight(part.text(), part.weighted() ? weights[part.unit()] : 0));
        }
        if (!tail.isEmpty()) {
            tokens.add(new TokenWeight(tail, 0));
        }
        return tokens;
    }
}
