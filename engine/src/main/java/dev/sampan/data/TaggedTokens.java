package dev.sampan.data;

import dev.sampan.spec.ModelSpec.Tokenizer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The tokens of one text with their places in it.
///
/// @param starts first UTF-16 unit of each
/// @param ends the unit behind the last of each
/// @param forms normalised
/// @param places of each in the Chinese word around it, such as `B-ns`; empty strings when words are not looked at
record TaggedTokens(int[] starts, int[] ends, List<String> forms, List<String> places) {
    private static final String SENTENCE_ENDS = "。！？；!?;\n";
    /// Behind the last token there is none to make a pair with.
    private static final String NONE = "\u0000";

    static TaggedTokens of(String text, Tokenizer tokenizer, boolean words) {
        List<int[]> cuts = switch (tokenizer) {
            case WORDS -> words(text);
            case CHINESE_WORDS -> chinese(text);
            case CHARACTERS, AUTO -> characters(text);
        };
        int[] starts = cuts.stream().mapToInt(cut -> cut[0]).toArray();
        int[] ends = cuts.stream().mapToInt(cut -> cut[1]).toArray();
        List<String> forms =
                cuts.stream().map(cut -> form(text.substring(cut[0], cut[1]))).toList();
        List<String> places = words
                ? ChineseWords.places(text, starts)
                : forms.stream().map(_ -> "").toList();
        return new TaggedTokens(starts, ends, forms, places);
    }

    private static List<int[]> words(String text) {
        List<int[]> cuts = new ArrayList<>();
        Segmentation.words(text, (start, end) -> cuts.add(new int[] {start, end}));
        return cuts;
    }

    private static List<int[]> chinese(String text) {
        List<int[]> cuts = new ArrayList<>();
        ChineseWords.each(text, (start, end, _) -> {
            if (!text.substring(start, end).isBlank()) {
                cuts.add(new int[] {start, end});
            }
        });
        return cuts;
    }

    private static List<int[]> characters(String text) {
        List<int[]> cuts = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            if (!TextCleaner.isBlank(c)) {
                cuts.add(new int[] {i, end});
            }
            i = end;
        }
        return cuts;
    }

    private static String form(String token) {
        return (token.length() == 1 && token.charAt(0) < 0x80
                        ? token
                        : Normalizer.normalize(token, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT);
    }

    int size() {
        return starts.length;
    }

    String form(int i) {
        return forms.get(i);
    }

    /// The token and the next one.
    String pair(int i) {
        return forms.get(i) + "\u0001" + (i + 1 < size() ? forms.get(i + 1) : NONE);
    }

    String word(int i) {
        return places.get(i);
    }

    /// Where a window that begins at `from` ends: behind the last end of a sentence in its second half, else when it
    /// is full.
    int windowEnd(int from, int most) {
        if (size() - from <= most) {
            return size();
        }
        for (int i = from + most - 1; i > from + most / 2; i--) {
            if (SENTENCE_ENDS.contains(forms.get(i))) {
                return i + 1;
            }
        }
        return from + most;
    }
}
