package dev.sampan.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.compression.Receipt;
import dev.sampan.console.HomePage;
import dev.sampan.studio.Run;
import dev.sampan.studio.StageName;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the templates may and may not hold, read from their source.
class TemplateTests {
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path BUNDLES = Path.of("src/main/resources/messages");
    private static final Pattern KEY = Pattern.compile("words\\.text\\(\\s*\"([a-z0-9_.]+)\"\\s*[,)]");
    private static final Pattern KEY_OF_TWO =
            Pattern.compile("words\\.text\\([^\"()]*(?:\\(\\))?[^\"()]*\\? \"([a-z0-9_.]+)\" : \"([a-z0-9_.]+)\"");
    private static final Pattern PREFIX =
            Pattern.compile("words\\.(?:text|textOr|name)\\(\"([a-z0-9_.]+)\"(?: \\+|, [a-z])");
    private static final Pattern LETTERS = Pattern.compile("[\\p{L}]{2,}");

    /// Names that are the same in every language, and units.
    private static final Set<String> NAMES =
            Set.of("Sampan", "舢板", "ms", "sampan", "launch", "yaml", "doctype", "html");

    @Test
    void everyTextOfATemplateComesFromTheBundles() {
        List<String> literal = new ArrayList<>();
        for (Path file : templates()) {
            Matcher words = LETTERS.matcher(TemplateText.of(text(file)));
            while (words.find()) {
                if (!NAMES.contains(words.group())) {
                    literal.add(file.getFileName() + ": " + words.group());
                }
            }
        }
        assertThat(literal).isEmpty();
    }

    @Test
    void everyKeyThatIsUsedExists() {
        Set<String> known = keys();
        Set<String> missing = new TreeSet<>();
        for (Path file : Stream.concat(templates().stream(), sources().stream()).toList()) {
            String text = text(file);
            for (Pattern pattern : List.of(KEY, KEY_OF_TWO)) {
                Matcher use = pattern.matcher(text);
                while (use.find()) {
                    for (int i = 1; i <= use.groupCount(); i++) {
                        if (!known.contains(use.group(i)) && !use.group(i).endsWith(".")) {
                            missing.add(file.getFileName() + ": " + use.group(i));
                        }
                    }
                }
            }
            Matcher prefix = PREFIX.matcher(text);
            while (prefix.find()) {
                String start = prefix.group(1);
                if (known.stream().noneMatch(key -> key.startsWith(start))) {
                    missing.add(file.getFileName() + ": " + start + "…");
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyConstantThatIsShownHasAName() {
        Set<String> known = keys();
        Map<String, Enum<?>[]> shown = Map.of(
                "studio.state", Run.State.values(),
                "studio.stage", StageName.values(),
                "catalog.outcome", Receipt.Outcome.values(),
                "console.progress", HomePage.Progress.values(),
                "shell.group", NavigationEntry.Group.values());
        shown.forEach((prefix, constants) -> assertThat(constants)
                .allSatisfy(constant -> assertThat(known)
                        .contains(prefix + "." + constant.name().toLowerCase(Locale.ROOT))));
    }

    @Test
    void everyKeyOfAPageIsUsed() {
        StringBuilder all = new StringBuilder();
        Stream.concat(templates().stream(), sources().stream()).forEach(file -> all.append(text(file)));
        List<String> unused = keys().stream()
                .filter(key -> Stream.of(
                                "shell.", "accounts.", "catalog.", "studio.", "serving.", "billing.", "console.")
                        .anyMatch(key::startsWith))
                .filter(key -> all.indexOf("\"" + key + "\"") < 0)
                .filter(key ->
                        all.indexOf("\"" + parent(key) + ".\"") < 0 && all.indexOf("\"" + parent(key) + "\"") < 0)
                .filter(key -> all.indexOf("\"" + parent(parent(key)) + ".\"") < 0)
                .toList();
        assertThat(unused).isEmpty();
    }

    @Test
    void nothingIsWrittenUnescapedInlineOrFromElsewhere() {
        for (Path file : templates()) {
            assertThat(text(file))
                    .as(file.toString())
                    .doesNotContain("$unsafe", " style=", "<style", "onclick", "http://", "https://", "javascript:");
            assertThat(text(file)).as(file.toString()).doesNotContainPattern("<script(?! src=\"\\$\\{page\\.asset)");
        }
    }

    @Test
    void everyFormThatChangesSomethingCarriesTheTokenAgainstForgery() {
        Pattern form = Pattern.compile("<form[^>]*method=\"post\"[^>]*>(.{0,40})", Pattern.DOTALL);
        for (Path file : templates()) {
            Matcher forms = form.matcher(text(file));
            while (forms.find()) {
                assertThat(forms.group(1)).as(file.toString()).startsWith("@template.shell.csrf");
            }
        }
    }

    private static String parent(String key) {
        int dot = key.lastIndexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (Path bundle : files(BUNDLES, "_en.properties")) {
            try (Reader in = Files.newBufferedReader(bundle)) {
                Properties properties = new Properties();
                properties.load(in);
                keys.addAll(properties.stringPropertyNames());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return keys;
    }

    private static List<Path> templates() {
        return files(TEMPLATES, ".jte");
    }

    private static List<Path> sources() {
        return files(Path.of("src/main/java/dev/sampan"), ".java");
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
