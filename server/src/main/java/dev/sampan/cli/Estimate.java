package dev.sampan.cli;

import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What training will probably take, from what it took on this machine before: mean seconds for each training row of
/// the same architecture, times the rows there are now. Nothing is guessed where nothing was trained.
///
/// @param rows of the data files, before cleaning
/// @param seconds null when no model of this architecture was trained here
/// @param runs that the estimate rests on
record Estimate(long rows, @Nullable Double seconds, int runs) {
    static Estimate of(Spec spec, Path home) {
        long rows = count(spec);
        Object architecture = architecture(Specs.toTree(spec));
        List<Double> secondsPerRow = new ArrayList<>();
        for (Manifest manifest : trainedHere(home.resolve("stages").resolve("train"))) {
            long trained = manifest.training().get("rows") instanceof Number count ? count.longValue() : 0;
            if (Objects.equals(architecture(manifest.spec()), architecture)
                    && trained > 0
                    && manifest.training().get("seconds") instanceof Number seconds) {
                secondsPerRow.add(seconds.doubleValue() / trained);
            }
        }
        OptionalDouble mean =
                secondsPerRow.stream().mapToDouble(Double::doubleValue).average();
        return new Estimate(
                rows,
                mean.isPresent()
                        ? mean.getAsDouble() * rows * spec.data().split().train()
                        : null,
                secondsPerRow.size());
    }

    private static @Nullable Object architecture(Map<String, Object> spec) {
        return spec.get("model") instanceof Map<?, ?> model ? model.get("type") : null;
    }

    private static long count(Spec spec) {
        long rows = 0;
        for (Path file : Datasets.files(spec)) {
            try (RowReader reader =
                    Datasets.read(file, spec.data().format(), spec.data().encoding())) {
                while (reader.next() != null) {
                    rows++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
        return rows;
    }

    private static List<Manifest> trainedHere(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> packages = Files.list(folder)) {
            return packages.filter(Files::isDirectory)
                    .map(Estimate::manifest)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /// Empty for a result that is damaged: the run that needs it makes it anew.
    private static Optional<Manifest> manifest(Path folder) {
        try {
            return Optional.of(ModelPackage.open(folder).manifest());
        } catch (ProblemException damaged) {
            return Optional.empty();
        }
    }
}
