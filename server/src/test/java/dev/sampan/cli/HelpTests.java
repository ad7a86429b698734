package dev.sampan.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Whatever the command line says of itself, it says in both languages.
class HelpTests {
    private static final Pattern KEY =
            Pattern.compile("(?:Texts\\.get|Texts\\.has|\\.say|\\.heading|screen\\.\\w+)\\(\\s*\"([a-z_.]+)\""
                    + "|descriptionKey = \"([a-z_.]+)\"");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void giveBackTheLocale() {
        Locale.setDefault(before);
    }

    private static CommandLine in(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        ResourceBundle.clearCache();
        return new CommandLine(new Main());
    }

    private static Stream<CommandSpec> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line.getCommandSpec()),
                line.getSubcommands().values().stream().flatMap(HelpTests::all));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void everyVerbOptionAndParameterIsDescribed(String language) {
        assertThat(all(in(language))).allSatisfy(spec -> {
            assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .isNotEmpty();
            assertThat(spec.options())
                    .allSatisfy(option -> assertThat(option.description())
                            .as(spec.qualifiedName() + " " + option.longestName())
                            .isNotEmpty()
                            .noneMatch(String::isBlank));
            assertThat(spec.positionalParameters())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as(spec.qualifiedName() + " " + parameter.paramLabel())
                            .isNotEmpty());
        });
    }

    @Test
    void helpIsChineseThroughout() {
        CommandLine line = in("zh-CN");
        assertThat(line.getUsageMessage()).startsWith("用法：").contains("命令：", "全部测试", "显示本帮助");
        String evaluate = requireNonNull(line.getSubcommands().get("evaluate")).getUsageMessage();
        assertThat(evaluate).contains("用法：", "参数：", "选项：").doesNotContain("Usage", "Show this help");
    }

    @Test
    void helpIsEnglishThroughout() {
        assertThat(in("en").getUsageMessage())
                .startsWith("Usage: sampan")
                .contains("Verbs:", "init", "measure")
                .doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void everyTextThatTheCodeAsksForExists() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/sampan/cli"))) {
            for (Path file : files.toList()) {
                Matcher key = KEY.matcher(Files.readString(file));
                while (key.find()) {
                    asked.add(key.group(1) == null ? key.group(2) : key.group(1));
                }
            }
        }
        asked.removeIf(key -> key.endsWith(".")); // completed at run time, and asked for only when it is there
        assertThat(asked).hasSizeGreaterThan(40);
        for (Locale language : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            assertThat(ResourceBundle.getBundle("messages.cli", language).keySet())
                    .as(language.toString())
                    .containsAll(asked);
        }
    }
}
