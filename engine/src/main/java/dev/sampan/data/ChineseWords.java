package dev.sampan.data;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/// Words of Chinese text by HanLP's dictionaries and bigram statistics (shortest path through the lattice of words).
/// Safe for many threads.
final class ChineseWords {
    private ChineseWords() {}

    /// Loaded at the first text: about 60 MB of dictionaries.
    private static final class Loaded {
        static final Segment SEGMENT = HanLP.newSegment()
                .enableNameRecognize(true)
                .enableTranslatedNameRecognize(true)
                .enablePlaceRecognize(true)
                .enableOffset(true);
    }

    /// The text in simplified characters.
    static String simplified(String text) {
        return text.codePoints().anyMatch(Segmentation::isCjk) ? HanLP.convertToSimplifiedChinese(text) : text;
    }

    /// Told each word with its place and part of speech.
    interface Visitor {
        void word(int start, int end, String nature);
    }

    static void each(String text, Visitor visitor) {
        for (Term term : Loaded.SEGMENT.seg(text)) {
            visitor.word(term.offset, term.offset + term.word.length(), String.valueOf(term.nature));
        }
    }

    /// For each place in the text `B-`, `M-`, `E-` or `S-` (first, inner, last, only character of a word) and the
    /// word's part of speech.
    static List<String> places(String text, int[] starts) {
        String[] byUnit = new String[text.length()];
        each(text, (start, end, nature) -> {
            for (int i = start; i < Math.min(end, byUnit.length); i++) {
                String place = end - start == 1 ? "S" : i == start ? "B" : i == end - 1 ? "E" : "M";
                byUnit[i] = place + "-" + nature;
            }
        });
        List<String> places = new ArrayList<>(starts.length);
        for (int start : starts) {
            String place = byUnit[start];
            places.add(place == null ? "" : place);
        }
        return places;
    }
}
