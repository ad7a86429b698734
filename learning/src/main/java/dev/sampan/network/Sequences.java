package dev.sampan.network;

/// Token ids of several texts, one column for each text, padded at the end.
///
/// @param ids (time, rows), 0 where a text has ended
/// @param lengths tokens of each text, each at least 1 and one of them `time`
public record Sequences(int[] ids, int[] lengths, int time) {
    /// Takes texts of any lengths together.
    public static Sequences of(int[]... texts) {
        int[] lengths = new int[texts.length];
        int time = 0;
        for (int row = 0; row < texts.length; row++) {
            lengths[row] = texts[row].length;
            time = Math.max(time, lengths[row]);
            if (lengths[row] == 0) {
                throw new IllegalArgumentException("text " + row + " has no token");
            }
        }
        int[] ids = new int[Math.multiplyExact(time, texts.length)];
        for (int row = 0; row < texts.length; row++) {
            for (int t = 0; t < lengths[row]; t++) {
                ids[t * texts.length + row] = texts[row][t];
            }
        }
        return new Sequences(ids, lengths, time);
    }

    public int rows() {
        return lengths.length;
    }

    /// True when some text is shorter than the longest.
    public boolean padded() {
        for (int length : lengths) {
            if (length < time) {
                return true;
            }
        }
        return false;
    }
}
