package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.Row;
import dev.sampan.data.internal.source.Stored.Given;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of pictures, one row each in the order of their paths: column `image` with the path, column `label`
/// with the name of the sub-folder it lies in, empty at the top. Where the sub-folders are called `train`,
/// `validation`, `test`, that is column `split`, and the folders below give the label. Hidden files are passed
/// over.
final class ImageFolder implements RowSource {
    private static final List<String> COLUMNS = List.of("image", "label", "split");
    private static final Set<String> SPLITS = Set.of("train", "training", "val", "valid", "validation", "dev", "test");

    private final Path folder;
    private final String name;
    private final @Nullable Stored archive;
    private final List<Path> files;
    private final boolean divided;

    /// @param archive it was unpacked from; null for a folder as it is
    ImageFolder(Path folder, String name, @Nullable Stored archive) {
        this.folder = folder;
        this.name = name;
        this.archive = archive;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(path -> Stream.iterate(path, Objects::nonNull, Path::getParent)
                            .noneMatch(part -> part.getFileName().toString().startsWith(".")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw IoProblems.reading(folder, e);
        }
        if (files.isEmpty()) {
            throw new ProblemException(Problem.of("data.empty", "There is no picture in the folder")
                    .at(name));
        }
        divided = files.stream()
                .allMatch(path -> path.getNameCount() > 2
                        && SPLITS.contains(path.getName(0).toString().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return archive == null ? folder.toAbsolutePath().normalize().toString() : archive.identity();
    }

    @Override
    public long bytes() {
        return files.size();
    }

    @Override
    public String place(long line) {
        return name + "/" + text(files.get((int) line - 1));
    }

    @Override
    public Path folder() {
        return folder;
    }

    private static String text(Path path) {
        return path.toString().replace('\\', '/');
    }

    @Override
    public SourceRows open(@Nullable List<String> wanted, LongConsumer read) {
        List<String> columns = wanted == null ? COLUMNS.subList(0, divided ? 3 : 2) : wanted;
        Rows.indices(name, COLUMNS.subList(0, divided ? 3 : 2), columns);
        return new SourceRows() {
            private int next;

            @Override
            public List<String> columns() {
                return columns;
            }

            @Override
            public long line() {
                return next;
            }

            @Override
            public @Nullable Row next() {
                if (next == files.size()) {
                    return null;
                }
                Path file = files.get(next++);
                read.accept(1);
                return new Row(
                        place(next),
                        columns.stream().map(column -> value(column, file)).toList());
            }

            @Override
            public void close() {}
        };
    }

    private String value(String column, Path file) {
        int label = divided ? 1 : 0;
        return switch (column) {
            case "image" -> text(file);
            case "label" ->
                file.getNameCount() > label + 1 ? file.getName(label).toString() : "";
            default -> file.getName(0).toString();
        };
    }

    /// Of a folder, the hash of its files' paths and hashes.
    @Override
    public SourceFile provenance(long rows) {
        try {
            Given given = content();
            return archive == null
                    ? new SourceFile(name, given.bytes(), given.sha256(), "images", rows)
                    : archive.provenance(given, "images", rows);
        } catch (IOException e) {
            throw IoProblems.reading(folder, e);
        }
    }

    private Given content() throws IOException {
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(folder.resolve(file));
            String line = text(file) + " " + Sha256.of(folder.resolve(file)) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return new Given(bytes, Sha256.finish(digest.digest()));
    }
}
