package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.TextAugment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Texts with a few words changed, by the rules of EDA (Wei, Zou 2019): of l words n = max(1, ⌊αl + ½⌋) are replaced
/// by synonyms, or n pairs change places, or each is left out with chance α. Words are HanLP's where Chinese stands
/// in the text, else runs of letters and digits; what is between them stays where it is. Safe for many threads.
public final class TextAugmenter {
    private static final int DICTIONARY_LINES_MAX = 1_000_000;

    private enum Change {
        SYNONYMS,
        SWAP,
        DELETE
    }

    private record Word(int start, int end) {}

    private final TextAugment spec;
    private final Map<String, List<String>> synonyms;
    private final List<Change> changes = new ArrayList<>();

    private TextAugmenter(TextAugment spec, Map<String, List<String>> synonyms) {
        this.spec = spec;
        this.synonyms = synonyms;
        if (spec.synonyms() > 0) {
            changes.add(Change.SYNONYMS);
        }
        if (spec.swap() > 0) {
            changes.add(Change.SWAP);
        }
        if (spec.delete() > 0) {
            changes.add(Change.DELETE);
        }
    }

    /// @param folder where the dictionary's path starts
    /// @throws ProblemException `data.bad_dictionary`, `data.not_found`
    public static TextAugmenter of(TextAugment spec, Path folder) {
        String file = spec.dictionary();
        return new TextAugmenter(spec, file == null ? Map.of() : dictionary(folder.resolve(file), file));
    }

    private static Map<String, List<String>> dictionary(Path file, String name) {
        Map<String, List<String>> synonyms = new HashMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new ProblemException(Problem.of("data.not_found", "There is no dictionary '" + name + "'"), e);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("data.bad_dictionary", "The dictionary of synonyms is not UTF-8 text")
                            .at(name),
                    e);
        }
        for (int i = 0; i < Math.min(lines.size(), DICTIONARY_LINES_MAX); i++) {
            List<String> group = Arrays.stream(lines.get(i).split("[,\t，]"))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .distinct()
                    .toList();
            if (group.size() == 1) {
                throw new ProblemException(
                        Problem.of("data.bad_dictionary", "The word stands alone: a synonym of it is missing")
                                .at(name + " line " + (i + 1))
                                .remedy("Write words of one meaning on one line, parted by commas: glad, happy"));
            }
            for (String word : group) {
                List<String> known = synonyms.computeIfAbsent(word, _ -> new ArrayList<>());
                group.stream()
                        .filter(other -> !other.equals(word) && !known.contains(other))
                        .forEach(known::add);
            }
        }
        return synonyms;
    }

    /// The text changed in one way that the random numbers choose; the other ways follow where the first finds
    /// nothing to change. Null when none does.
    public @Nullable String changed(String text, SplittableRandom random) {
        List<Word> words = words(text);
        if (words.size() < 2) {
            return null; // nothing of it could go or move
        }
        int first = random.nextInt(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            String made = switch (changes.get((first + i) % changes.size())) {
                case SYNONYMS -> replaced(text, words, random);
                case SWAP -> swapped(text, words, random);
                case DELETE -> deleted(text, words, random);
            };
            if (!made.equals(text)) {
                return made;
            }
        }
        return null;
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        if (text.codePoints().anyMatch(Segmentation::isCjk)) {
            ChineseWords.each(text, (start, end, _) -> add(words, text, start, end));
        } else {
            Segmentation.words(text, (start, end) -> {
                add(words, text, start, end);
                return true;
            });
        }
        return words;
    }

    private static void add(List<Word> words, String text, int start, int end) {
        if (Character.isLetterOrDigit(text.codePointAt(start))) {
            words.add(new Word(start, end));
        }
    }

    private static int count(double share, int words) {
        return Math.max(1, (int) (share * words + 0.5));
    }

    private String replaced(String text, List<Word> words, SplittableRandom random) {
        List<Integer> known = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (synonyms.containsKey(low(text, words.get(i)))) {
                known.add(i);
            }
        }
        @Nullable String[] made = new String[words.size()];
        for (int n = Math.min(known.size(), count(spec.synonyms(), words.size())); n > 0; n--) {
            int chosen = known.remove(random.nextInt(known.size()));
            Word word = words.get(chosen);
            List<String> others = synonyms.getOrDefault(low(text, word), List.of());
            String other = others.get(random.nextInt(others.size()));
            made[chosen] = Character.isUpperCase(text.charAt(word.start()))
                    ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1)
                    : other;
        }
        return joined(text, words, made);
    }

    private static String low(String text, Word word) {
        return text.substring(word.start(), word.end()).toLowerCase(Locale.ROOT);
    }

    private String swapped(String text, List<Word> words, SplittableRandom random) {
        @Nullable
        String[] made = words.stream()
                .map(word -> text.substring(word.start(), word.end()))
                .toArray(String[]::new);
        for (int n = count(spec.swap(), words.size()); n > 0; n--) {
            int a = random.nextInt(words.size());
            int b = (a + 1 + random.nextInt(words.size() - 1)) % words.size();
            String moved = made[a];
            made[a] = made[b];
            made[b] = moved;
        }
        return joined(text, words, made);
    }

    private String deleted(String text, List<Word> words, SplittableRandom random) {
        @Nullable String[] made = new String[words.size()];
        int stays = random.nextInt(words.size());
        for (int i = 0; i < made.length; i++) {
            made[i] = i != stays && random.nextDouble() < spec.delete() ? "" : null;
        }
        return joined(text, words, made);
    }

    /// @param made by word: null as it was, empty for a word that goes with the blank before it
    private static String joined(String text, List<Word> words, @Nullable String[] made) {
        StringBuilder all = new StringBuilder(text.length());
        int at = 0;
        for (int i = 0; i < made.length; i++) {
            Word word = words.get(i);
            String other = made[i];
            if (other == null) {
                continue;
            }
            all.append(text, at, word.start()).append(other);
            at = word.end();
            if (other.isEmpty() && !all.isEmpty() && all.charAt(all.length() - 1) == ' ') {
                all.setLength(all.length() - 1);
            }
        }
        return all.append(text, at, text.length()).toString().strip();
    }
}
