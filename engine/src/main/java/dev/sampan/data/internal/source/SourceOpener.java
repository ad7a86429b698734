package dev.sampan.data.internal.source;

import dev.sampan.data.internal.source.Stored.Given;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.InputType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From what a specification names to sources whose rows can be read, in the order in which they are to be
/// read: address → files on this machine ([Located]) → unpacked → rows by format.
public final class SourceOpener {
    private final DataSpec data;
    private final Located located;
    private final Workspace work;
    private final Progress progress;
    private final AtomicLong scanned = new AtomicLong();

    /// @param folder where a relative path starts
    /// @param work for what is fetched and unpacked
    public SourceOpener(DataSpec data, Path folder, Workspace work, Progress progress) {
        this.data = data;
        this.work = work;
        this.progress = progress;
        this.located = new Located(folder, work, progress);
    }

    /// At least one.
    ///
    /// @param pattern `dataset` or `test_dataset` of the specification
    public List<RowSource> open(String pattern) {
        String query = data.source().query();
        if (pattern.startsWith("jdbc:")) {
            return List.of(database(pattern, query));
        }
        int hash = pattern.lastIndexOf(".json#");
        String path = hash < 0 ? pattern : pattern.substring(0, hash + ".json".length());
        List<Stored> found = located.find(path, data.format() == Format.IMAGES || readsImages());
        refuseOtherContent(found);
        if (query != null) {
            return List.of(overFiles(found, query));
        }
        List<RowSource> sources = new ArrayList<>();
        for (Stored stored : found) {
            if (stored.name().equals(DatasetInfo.FILE)) {
                DatasetInfo info =
                        DatasetInfo.read(stored.file(), hash < 0 ? null : pattern.substring(hash + ".json#".length()));
                Reading all = new Reading(data.source(), _ -> true);
                sources.add(new LlamaSource(info, file(Stored.local(info.file()), Format.AUTO, all)));
            } else {
                sources.addAll(expanded(stored));
            }
        }
        return sources;
    }

    /// A file as it stands, nested values as JSON; a folder is one of pictures.
    RowSource one(Path file) {
        if (Files.isDirectory(file)) {
            if (data.format() != Format.AUTO && data.format() != Format.IMAGES) {
                throw new ProblemException(Problem.of("data.not_a_file", "This is a folder, and no file of rows")
                        .at(file.toString())
                        .remedy("Name the file in it; a folder of pictures is read as it is"));
            }
            return new ImageFolder(file, file.toString(), null);
        }
        return file(unpacked(Stored.local(file)), data.format(), Reading.PLAIN);
    }

    private boolean readsImages() {
        return data.inputFeatures().stream().anyMatch(input -> input.type() == InputType.IMAGE);
    }

    private RowSource database(String url, @Nullable String query) {
        if (query == null) {
            throw new ProblemException(Problem.of("data.bad_query", "A database needs the query that makes the rows")
                    .remedy("Add data.query"));
        }
        return new QuerySource(
                Database.shown(url),
                Database.shown(url),
                query,
                (wanted, digest) -> Database.query(url, query, wanted, digest),
                new RowDigest());
    }

    /// `data.checksum` holds the one file that `dataset` names.
    private void refuseOtherContent(List<Stored> found) {
        String checksum = data.source().checksum();
        if (checksum == null) {
            return;
        }
        if (found.size() != 1) {
            throw new ProblemException(
                    Problem.of("data.checksum", "The checksum is of one file, but there are " + found.size()));
        }
        Stored only = found.getFirst();
        try {
            String have = "sha256:" + Sha256.of(only.file()).hex();
            if (!have.equals(checksum)) {
                throw new ProblemException(Problem.of("data.checksum", "The content has " + have + ", not " + checksum)
                        .at(only.name()));
            }
        } catch (IOException e) {
            throw IoProblems.reading(only.file(), e);
        }
    }

    private List<RowSource> expanded(Stored stored) {
        String name = stored.name().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(stored.file())) {
            return List.of(new ImageFolder(stored.file(), stored.name(), null));
        }
        if (name.endsWith(".zip")) {
            return archive(stored);
        }
        return List.of(file(unpacked(stored), data.format(), Reading.of(data)));
    }

    /// A `.gz` unpacked; any other file as it is.
    private Stored unpacked(Stored stored) {
        if (!stored.name().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return stored;
        }
        String name = stored.name().substring(0, stored.name().length() - ".gz".length());
        Path target = work.folder().resolve("unpacked");
        Unpacking.gzip(stored.file(), stored.name(), target, progress);
        return stored.unpacked(target, name, given(stored));
    }

    private List<RowSource> archive(Stored stored) {
        Path folder = work.folder();
        Unpacking.zip(stored.file(), stored.name(), folder, progress);
        Given given = given(stored);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw IoProblems.reading(folder, e);
        }
        List<RowSource> sources = new ArrayList<>();
        for (Path file : files) {
            String name =
                    stored.name() + "!/" + folder.relativize(file).toString().replace('\\', '/');
            Stored member = stored.unpacked(file, name, given);
            if (Rows.isTable(name)) {
                sources.add(file(unpacked(member), data.format(), Reading.of(data)));
            }
        }
        return sources.isEmpty()
                ? List.of(new ImageFolder(top(folder), stored.name(), stored.unpacked(folder, stored.name(), given)))
                : sources;
    }

    /// Most archives hold one folder that holds all.
    private static Path top(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> entries = inside.limit(2).toList();
            return entries.size() == 1 && Files.isDirectory(entries.getFirst()) && holdsFolders(entries.getFirst())
                    ? top(entries.getFirst())
                    : folder;
        } catch (IOException e) {
            throw IoProblems.reading(folder, e);
        }
    }

    private static boolean holdsFolders(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.anyMatch(Files::isDirectory);
        }
    }

    private RowSource file(Stored stored, Format asked, Reading reading) {
        Format format = Rows.resolve(stored.name(), asked == Format.IMAGES ? Format.AUTO : asked);
        if (format == Format.PARQUET) {
            return new ParquetSource(stored, given(stored), work.folder());
        }
        SourceText text = SourceText.of(stored.file(), stored.name(), data.encoding(), piece -> {
            progress.at("scan", scanned.addAndGet(piece), 0, stored.name());
            if (progress.cancelled()) {
                throw new CancellationException("cancelled while scanning");
            }
        });
        return new TextSource(text, format, reading, stored);
    }

    private static Given given(Stored stored) {
        try {
            return new Given(Files.size(stored.file()), Sha256.of(stored.file()));
        } catch (IOException e) {
            throw IoProblems.reading(stored.file(), e);
        }
    }

    private RowSource overFiles(List<Stored> found, String query) {
        List<Stored> files = found.stream().map(this::unpacked).toList();
        String name = files.getFirst().name() + (files.size() > 1 ? " and more" : "");
        Format format = Rows.resolve(files.getFirst().name(), data.format());
        String reader = QueryReaders.of(format, data.source(), name);
        List<Path> paths = files.stream().map(Stored::file).toList();
        return new QuerySource(
                name,
                null,
                query,
                (wanted, digest) -> Duck.query(query, reader, paths, work.folder(), wanted, digest),
                new RowDigest());
    }
}
