package dev.sampan.studio.internal;

import dev.sampan.kernel.Json;
import dev.sampan.search.Leaderboard;
import dev.sampan.search.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a search keeps on the disk: `leaderboard.json`, for each trial `N-RUNG` its package and `N.work` its
/// checkpoint, and `last` the package of the best one's last training. Of the packages the best alone stays, of
/// the checkpoints the best one's and those that may be gone on with.
record TrialFolder(Path folder) {
    private static final String LEADERBOARD = "leaderboard.json";
    private static final String LAST = "last";

    static TrialFolder open(Path folder) {
        try {
            return new TrialFolder(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of a search cannot be made: " + folder, e);
        }
    }

    Leaderboard leaderboard() {
        Path file = folder.resolve(LEADERBOARD);
        try {
            return Files.exists(file) ? Json.read(Files.readString(file), Leaderboard.class) : Leaderboard.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("the leaderboard cannot be read: " + file, e);
        }
    }

    /// Where the trial's next package goes; one that was left there half judged is gone.
    Path fresh(Trial trial) {
        return emptied(name(trial, trial.scores().size()));
    }

    /// Where the best trial's last training goes.
    Path last() {
        return emptied(LAST);
    }

    private Path emptied(String name) {
        Path place = folder.resolve(name);
        delete(place);
        return place;
    }

    Path work(Trial trial) {
        return folder.resolve(work(trial.number()));
    }

    /// The package that its last score was given to.
    Path result(Trial trial) {
        return folder.resolve(name(trial, trial.scores().size() - 1));
    }

    /// Durable when this returns.
    ///
    /// @param best null when there is none yet
    /// @param waiting numbers of the trials whose checkpoints are wanted
    void keep(Leaderboard board, @Nullable Trial best, Set<Integer> waiting) {
        Path fresh = folder.resolve(LEADERBOARD + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(Json.pretty(board));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(fresh, folder.resolve(LEADERBOARD), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the leaderboard cannot be written: " + fresh, e);
        }
        Set<String> wanted = waiting.stream().map(TrialFolder::work).collect(Collectors.toSet());
        if (best != null) {
            wanted.add(work(best.number()));
            wanted.add(name(best, best.scores().size() - 1));
        }
        others(wanted).forEach(TrialFolder::delete);
    }

    private List<Path> others(Set<String> wanted) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(one -> !wanted.contains(one.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String work(int trial) {
        return trial + ".work";
    }

    private static String name(Trial trial, int rung) {
        return trial.number() + "-" + rung;
    }

    private static void delete(Path place) {
        try {
            if (Files.isDirectory(place)) {
                StageCache.delete(place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a trial's package cannot be deleted: " + place, e);
        }
    }
}
