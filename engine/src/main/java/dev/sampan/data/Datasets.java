package dev.sampan.data;

import dev.sampan.data.internal.prepare.DatasetFile;
import dev.sampan.data.internal.prepare.Preparation;
import dev.sampan.data.internal.prepare.SplitRows;
import dev.sampan.data.internal.source.SourceOpener;
import dev.sampan.data.internal.source.Sources;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.Spec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes data set versions and reads them. Every file is streamed: memory does not grow with its size.
public final class Datasets {
    /// Name of the label's column in [#rows], after the input columns.
    public static final String LABEL = "label";

    private Datasets() {}

    /// The files that [#prepare] reads, globs resolved, in the order in which it reads them.
    public static List<Path> files(Spec spec) {
        String test = spec.data().testDataset();
        List<Path> files = new ArrayList<>(test == null ? List.of() : Sources.find(spec.folder(), test));
        files.addAll(Sources.find(spec.folder(), spec.data().dataset()));
        return files;
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

    /// Rows of any CSV, TSV or JSONL file as they stand, with all its columns: for `evaluate` and `predict`.
    ///
    /// @param encoding `auto` or a name Java knows
    public static RowReader read(Path file, DataSpec.Format format, String encoding) {
        return SourceOpener.one(file, format, encoding).open(null, _ -> {});
    }
}
