package dev.sampan.training.internal.recommend;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Likeness of things by their own texts: words (of Chinese, pairs of characters) hashed into a vector, weighted by how
/// rare they are among the things, of length 1. A thing's text is that of the first row that names it.
final class Contents {
    private static final int WIDTH = 512;

    private final List<String> items;

    Contents(List<String> items) {
        this.items = items;
    }

    /// @param item number of the column that names things
    /// @param texts numbers of the columns that describe them
    Scorer fit(Dataset dataset, List<Split> splits, int item, List<Integer> texts) {
        Map<String, Integer> numbers = new HashMap<>();
        items.forEach(name -> numbers.put(name, numbers.size()));
        float[] vectors = new float[Math.multiplyExact(items.size(), WIDTH)];
        boolean[] described = new boolean[items.size()];
        for (Split split : splits) {
            try (RowReader rows = Datasets.rows(dataset, split)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    Integer number = numbers.get(row.values().get(item));
                    if (number != null && !described[number]) {
                        described[number] = true;
                        for (int text : texts) {
                            count(row.values().get(text), vectors, number * WIDTH);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        weigh(vectors);
        return new Scorer.Vectors(vectors, vectors, new float[items.size()], WIDTH, 1);
    }

    private static void count(String text, float[] vectors, int at) {
        String lower = text.toLowerCase(Locale.ROOT);
        StringBuilder word = new StringBuilder();
        int before = 0;
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            i += Character.charCount(c);
            boolean ideograph = Character.isIdeographic(c);
            if (ideograph && before != 0) {
                add(Character.toString(before) + Character.toString(c), vectors, at);
            }
            if (ideograph || !Character.isLetterOrDigit(c)) {
                add(word.toString(), vectors, at);
                word.setLength(0);
            } else {
                word.appendCodePoint(c);
            }
            before = ideograph ? c : 0;
        }
        add(word.toString(), vectors, at);
    }

    private static void add(String word, float[] vectors, int at) {
        if (!word.isEmpty()) {
            vectors[at + Math.floorMod(word.hashCode() * 0x9E3779B9 >>> 8, WIDTH)]++;
        }
    }

    /// log(1 + count) · log(things / things with it), then to length 1.
    private void weigh(float[] vectors) {
        int[] holders = new int[WIDTH];
        for (int at = 0; at < vectors.length; at++) {
            holders[at % WIDTH] += vectors[at] > 0 ? 1 : 0;
        }
        for (int from = 0; from < vectors.length; from += WIDTH) {
            double squares = 0;
            for (int k = 0; k < WIDTH; k++) {
                double idf = Math.log((1.0 + items.size()) / (1.0 + holders[k])) + 1;
                vectors[from + k] = (float) (Math.log1p(vectors[from + k]) * idf);
                squares += (double) vectors[from + k] * vectors[from + k];
            }
            float norm = (float) Math.max(1e-12, Math.sqrt(squares));
            for (int k = from; k < from + WIDTH; k++) {
                vectors[k] /= norm;
            }
        }
    }

    /// Whether anything describes the things.
    static boolean possible(List<Integer> texts) {
        return !texts.isEmpty();
    }
}
