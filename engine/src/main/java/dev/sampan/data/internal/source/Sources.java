package dev.sampan.data.internal.source;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/// Finds the files of a path or glob.
public final class Sources {
    private Sources() {}

    /// Regular files in order of their paths; at least one.
    ///
    /// @param folder where a relative path starts
    /// @param pattern a path, or one with `*`, `**`, `?`, `[…]`, `{…}`; a file of exactly that name comes first
    /// @throws ProblemException `data.not_found`
    public static List<Path> find(Path folder, String pattern) {
        Path exact = folder.resolve(pattern);
        if (Files.isRegularFile(exact)) {
            return List.of(exact);
        }
        if (Files.isDirectory(exact)) {
            throw new ProblemException(Problem.of("data.not_found", "'" + pattern + "' is a folder, not a file")
                    .remedy("Name its files: '" + pattern + "/*.csv'"));
        }
        int wildcard = firstWildcard(pattern);
        if (wildcard < 0) {
            throw new ProblemException(
                    Nearest.remedy(missing(pattern, "There is no file '"), exact.getFileName() + "", siblings(exact)));
        }
        Path start = folder.resolve(pattern.substring(0, pattern.lastIndexOf('/', wildcard) + 1));
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:" + escape(folder.toString()) + "/" + pattern);
        try (Stream<Path> walk = Files.isDirectory(start) ? Files.walk(start) : Stream.empty()) {
            List<Path> found = walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(folder.resolve(folder.relativize(file))))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new ProblemException(missing(pattern, "No file matches '"));
            }
            return found;
        } catch (IOException e) {
            throw IoProblems.reading(start, e);
        }
    }

    /// Those of [#find] whose rows can be read as they lie; none for an address or a folder.
    public static List<Path> tables(Path folder, String pattern) {
        if (pattern.startsWith("s3:")
                || pattern.startsWith("http:")
                || pattern.startsWith("https:")
                || pattern.startsWith("jdbc:")
                || pattern.contains(".json#")
                || Files.isDirectory(folder.resolve(pattern))) {
            return List.of();
        }
        return find(folder, pattern).stream()
                .filter(file -> !file.toString().endsWith(".zip") && !file.endsWith(DatasetInfo.FILE))
                .toList();
    }

    private static Problem missing(String pattern, String sentence) {
        return Problem.of("data.not_found", sentence + pattern + "'");
    }

    private static int firstWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static String escape(String folder) {
        StringBuilder escaped = new StringBuilder();
        for (char c : folder.toCharArray()) {
            escaped.append("*?[]{}\\".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return escaped.toString();
    }

    private static List<String> siblings(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isRegularFile)
                    .map(sibling -> sibling.getFileName() + "")
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
