package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Style as a test: what a reader would trip over fails the build.
class TidyTests {
    private static final Path ROOT =
            Path.of(System.getProperty("sampan.root", "..")).toAbsolutePath().normalize();
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 70;
    private static final int COLUMNS_MAX = 120;

    /// Where anything may be caught: the edges at which every fault must become an answer. Each file says why.
    private static final Set<String> BOUNDARIES = new TreeSet<>(readLines("boundaries.txt"));

    private static final Pattern CATCH_ALL = Pattern.compile("catch \\((final )?(Exception|Throwable)\\b");
    private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|not implemented|written next");
    private static final Pattern SQL_CALL = Pattern.compile("\\.sql\\(\\s*(?!\"|[A-Z][A-Z_]*\\))");
    private static final Pattern PATTERN_OF_A_VALUE = Pattern.compile("Pattern\\.compile\\(\\s*(?!\")");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void filesAndLinesStayShort() {
        List<String> faults = new ArrayList<>();
        for (Path file : files("java")) {
            List<String> lines = lines(file);
            if (lines.size() > FILE_LINES_MAX) {
                faults.add(file + " has " + lines.size() + " lines, more than " + FILE_LINES_MAX);
            }
            for (int i = 0; i < lines.size(); i++) {
                int columns = lines.get(i).codePointCount(0, lines.get(i).length());
                if (columns > COLUMNS_MAX) {
                    faults.add(file + ":" + (i + 1) + " has " + columns + " columns");
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void methodsStayShort() {
        List<String> faults = new ArrayList<>();
        for (Path file : files("java")) {
            MethodLengths.of(ROOT.resolve(file)).forEach((method, length) -> {
                if (length > METHOD_LINES_MAX) {
                    faults.add(file + " " + method + " has " + length + " lines, more than " + METHOD_LINES_MAX);
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<Path> folders = new TreeSet<>();
        files("java").stream().filter(TidyTests::isMain).forEach(file -> folders.add(file.getParent()));
        assertThat(folders)
                .allSatisfy(folder -> assertThat(ROOT.resolve(folder).resolve("package-info.java"))
                        .exists()
                        .content()
                        .contains("@NullMarked", "/// "));
    }

    @Test
    void nothingPromisesWorkForLater() {
        assertThat(hits(PROMISE, files("java", "jte", "sql", "css", "js"))).isEmpty();
    }

    @Test
    void everythingIsCaughtAtTheNamedBoundariesAlone() {
        List<String> caught =
                hits(CATCH_ALL, files("java").stream().filter(TidyTests::isMain).toList());
        assertThat(caught)
                .allSatisfy(hit ->
                        assertThat(BOUNDARIES).contains(hit.substring(hit.lastIndexOf('/') + 1, hit.indexOf(':'))));
    }

    @Test
    void sqlIsWrittenOutAndBound() {
        assertThat(hits(
                        SQL_CALL,
                        files("java").stream().filter(TidyTests::isMain).toList()))
                .isEmpty();
    }

    @Test
    void noRegularExpressionComesFromAUser() {
        assertThat(hits(
                        PATTERN_OF_A_VALUE,
                        files("java").stream().filter(TidyTests::isMain).toList()))
                .isEmpty();
    }

    @Test
    void onlyTheCommandLinePrints() {
        List<Path> quiet = files("java").stream()
                .filter(TidyTests::isMain)
                .filter(file -> !file.toString().contains("/cli/") && !file.startsWith("harness"))
                .filter(file -> !file.endsWith("TrainMain.java"))
                .toList();
        assertThat(hits(Pattern.compile("System\\.(out|err)\\b|printStackTrace"), quiet))
                .isEmpty();
    }

    @Test
    void languageBundlesHoldTheSameKeys() throws IOException {
        for (Path english : files("properties")) {
            if (!english.getFileName().toString().endsWith("_en.properties")) {
                continue;
            }
            Path chinese = ROOT.resolve(english.toString().replace("_en.properties", "_zh.properties"));
            assertThat(keys(chinese)).as(english + " and its twin").isEqualTo(keys(ROOT.resolve(english)));
        }
    }

    @Test
    void linksInTheDocumentsLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path file : files("md")) {
            Matcher link = LINK.matcher(String.join("\n", lines(file)));
            while (link.find()) {
                String target = link.group(1);
                boolean outside = target.matches("[a-z]+:.*");
                if (!outside && !Files.exists(ROOT.resolve(file).resolveSibling(target))) {
                    dead.add(file + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void nothingNamesARegistryOrOneMachine() {
        Pattern host = Pattern.compile("https?://(repo1?\\.maven|registry\\.npm|pypi\\.|files\\.pythonhosted"
                + "|proxy\\.golang|deb\\.debian)|(^|[^\\w.])/(work|root)/");
        assertThat(hits(host, files("java", "md", "yaml", "yml", "xml", "sh", "py", "sql", "jte")).stream()
                        .filter(hit -> !hit.contains("TidyTests.java"))
                        .toList())
                .isEmpty();
    }

    private static List<String> hits(Pattern pattern, List<Path> files) {
        List<String> hits = new ArrayList<>();
        for (Path file : files) {
            String text = String.join("\n", lines(file));
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count() + 1;
                if (!file.endsWith("TidyTests.java")) {
                    hits.add(file + ":" + line + " " + matcher.group().strip());
                }
            }
        }
        return hits;
    }

    /// Tracked or about to be: what lies under `target` or in hidden folders is not the house.
    private static List<Path> files(String... endings) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.map(ROOT::relativize)
                    .filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.toString().endsWith("." + ending)))
                    .filter(file -> Stream.of(file.toString().split("/"))
                            .noneMatch(part -> part.equals("target") || part.startsWith(".") && part.length() > 1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the source tree cannot be read", e);
        }
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("src/main/");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static List<String> readLines(String resource) {
        try (var in = TidyTests.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" ")[0])
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    private static Set<String> keys(Path bundle) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(bundle)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }
}
