package dev.sampan.data;

import dev.sampan.data.internal.prepare.DatasetFile;
import dev.sampan.data.internal.prepare.Preparation;
import dev.sampan.data.internal.prepare.SplitRows;
import dev.sampan.data.internal.source.Fingerprints;
import dev.sampan.data.internal.source.OneFile;
import dev.sampan.data.internal.source.Sources;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.TextAugment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes data set versions and reads them. Every file is streamed: memory does not grow with its size.
public final class Datasets {
    /// Name of the label's column in [#rows], after the input columns.
    public static final String LABEL = "label";

    private Datasets() {}

    /// The tables on this machine that [#prepare] reads, globs resolved, in the order in which it reads them;
    /// none for an address, a folder of pictures and an archive.
    public static List<Path> files(Spec spec) {
        String test = spec.data().testDataset();
        List<Path> files = new ArrayList<>(test == null ? List.of() : Sources.tables(spec.folder(), test));
        files.addAll(Sources.tables(spec.folder(), spec.data().dataset()));
        return files;
    }

    /// What tells the content that [#prepare] would read from another content: equal lists, equal rows. Costs a
    /// hash of each file here, and one request for each address. Where a server does not say what it has, and
    /// for a database, the list is never the same.
    public static List<String> fingerprints(Spec spec, Progress progress) {
        Fingerprints of = new Fingerprints(spec.data(), spec.folder(), progress);
        String test = spec.data().testDataset();
        List<String> prints = new ArrayList<>(test == null ? List.of() : of.of(test));
        prints.addAll(of.of(spec.data().dataset()));
        TextAugment text = spec.data().augment().text();
        if (text != null && text.dictionary() != null) {
            prints.add(of.file(text.dictionary()));
        }
        return prints;
    }

    /// Reads, checks, cleans and splits; the folder appears whole, by a rename, or not at all.
    ///
    /// @param folder must not exist
    /// @throws dev.sampan.kernel.ProblemException `data.*`: what is wrong with the files, with file and line,
    ///     or `data.quality` with one problem for each failing finding
    /// @throws java.util.concurrent.CancellationException when the progress is cancelled; nothing is left
    ///     behind
    public static Dataset prepare(Spec spec, Path folder, Progress progress) {
        return new Preparation(spec, progress).run(folder);
    }

    /// @throws dev.sampan.kernel.ProblemException `data.corrupt` when the folder is not what its `dataset.json`
    ///     says
    public static Dataset open(Path folder) {
        return DatasetFile.open(folder);
    }

    /// Rows of one split in source order: the inputs' columns, then [#LABEL].
    public static RowReader rows(Dataset dataset, Split split) {
        return new SplitRows(dataset, split);
    }

    /// The same rows as a call would send them: pictures themselves instead of the paths of their copies.
    ///
    /// @param features of the model that is to be called
    public static RowReader calls(Dataset dataset, Split split, Features features) {
        return calls(rows(dataset, split), features, dataset.folder());
    }

    /// Rows of any file as a call would send them.
    ///
    /// @param folder where the paths of pictures start
    public static RowReader calls(RowReader rows, Features features, Path folder) {
        return new CallRows(rows, features, folder);
    }

    /// Rows of any file as they stand, with all its columns: for `evaluate` and `predict`. CSV, TSV, JSONL,
    /// JSON, Parquet, CoNLL, each also as `.gz`.
    ///
    /// @param encoding `auto` or a name Java knows
    public static RowReader read(Path file, DataSpec.Format format, String encoding) {
        return OneFile.open(file, format, encoding);
    }
}
