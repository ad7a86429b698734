package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files a path or glob names.
public final class Sources {
    private static final String GLOB_LETTERS = "*?[{";
    private static final int DEPTH_MAX = 16;
    /// A glob over a whole disk ends instead of running for hours.
    private static final int VISITED_MAX = 100_000;

    private Sources() {}

    /// Regular files in the order of their names; empty when there is none, or when `pattern` is no path at all.
    ///
    /// @param folder where a relative pattern starts
    public static List<Path> matching(Path folder, String pattern) {
        try {
            Path literal = folder.resolve(pattern).normalize();
            if (Files.isRegularFile(literal)) {
                return List.of(literal);
            }
            return isGlob(pattern) ? walked(folder, pattern) : List.of();
        } catch (InvalidPathException | PatternSyntaxException _) {
            return List.of();
        }
    }

    static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> GLOB_LETTERS.indexOf(c) >= 0);
    }

    private static List<Path> walked(Path folder, String pattern) {
        int slash = -1;
        for (int i = 0; i < pattern.length() && GLOB_LETTERS.indexOf(pattern.charAt(i)) < 0; i++) {
            slash = pattern.charAt(i) == '/' ? i : slash;
        }
        Path start = folder.resolve(pattern.substring(0, slash + 1)).normalize();
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? DEPTH_MAX
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(start, EnumSet.noneOf(FileVisitOption.class), depth, new SimpleFileVisitor<>() {
                private int visited;

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (Files.isRegularFile(file) && matcher.matches(start.relativize(file))) {
                        found.add(file);
                    }
                    return ++visited < VISITED_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                /// A folder that may not be entered holds nothing for this user.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException _) {
            return List.of();
        }
        Collections.sort(found);
        return List.copyOf(found);
    }

    /// The name beside which `pattern` was probably meant; null when there is none like it.
    static @Nullable String near(Path folder, String pattern) {
        try {
            Path wanted = folder.resolve(pattern).normalize();
            Path parent = wanted.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                return null;
            }
            try (Stream<Path> beside = Files.list(parent)) {
                List<String> names = beside.limit(1000)
                        .filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
                String near = Nearest.of(wanted.getFileName().toString(), names);
                int slash = pattern.lastIndexOf('/');
                return near == null ? null : pattern.substring(0, slash + 1) + near;
            }
        } catch (InvalidPathException | IOException _) {
            return null;
        }
    }
}
