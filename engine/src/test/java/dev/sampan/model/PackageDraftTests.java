package dev.sampan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDraftTests {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void leavesNothingWithoutACommit() throws IOException {
        try (PackageDraft draft = PackageDraft.create(folder.resolve("new/model"), false)) {
            draft.write("model.onnx", new byte[10]);
        }

        assertThat(namesIn(folder.resolve("new"))).isEmpty();
    }

    @Test
    void replacesAPackageOnlyWhenForcedAndNothingElseEver() throws IOException {
        Path target = folder.resolve("model");
        Files.createDirectory(target); // empty: free to use
        ModelPackage first = ModelFixtures.aTinyPackage(target);

        assertExists(target, false);
        try (PackageDraft draft = PackageDraft.copyOf(first, target, true)) {
            ModelPackage second = draft.commit(first.manifest().withResults(Map.of("note", "new")));
            assertThat(second.version()).isNotEqualTo(first.version());
            assertThat(ModelPackage.open(target)).isEqualTo(second);
        }
        Files.writeString(Files.createDirectory(folder.resolve("home")).resolve("thesis.txt"), "years of work");
        assertExists(folder.resolve("home"), true);
        assertThat(namesIn(folder)).containsExactly("home", "model");
    }

    @Test
    void isNeverMissingWhileItIsReplaced() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux"); // elsewhere there is a moment between two renames
        Path target = folder.resolve("model");
        ModelPackage model = ModelFixtures.aTinyPackage(target);
        AtomicBoolean missed = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                missed.compareAndSet(false, !Files.exists(target));
            }
        });
        for (int i = 0; i < 20; i++) {
            try (PackageDraft draft = PackageDraft.copyOf(model, target, true)) {
                model = draft.commit(model.manifest());
            }
        }
        done.set(true);
        reader.join();

        assertThat(missed).isFalse();
    }

    @Test
    void mendsWhatACrashLeft() throws IOException {
        Path target = folder.resolve("model");
        ModelPackage old = ModelFixtures.aTinyPackage(target);
        Files.move(target, folder.resolve(".model.old")); // killed between the two renames
        Files.createDirectory(folder.resolve(".model.draft"));
        Files.writeString(folder.resolve(".model.draft/model.onnx"), "half");
        Files.createFile(folder.resolve(".model.lock"));

        assertExists(target, false);
        assertThat(ModelPackage.open(target).version()).isEqualTo(old.version());
        assertThat(namesIn(folder)).containsExactly("model");
    }

    @Test
    void refusesASecondWriterOfTheSameTarget() {
        Path target = folder.resolve("model");
        try (PackageDraft first = PackageDraft.create(target, false)) {
            assertThat(first.folder()).exists();
            assertProblem("output.busy", () -> PackageDraft.create(target, false));
            assertThat(first.folder()).exists();
        }
        PackageDraft.create(target, false).close();
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNothing() throws IOException {
        assumeThat(FULL).exists();
        ModelPackage model = ModelFixtures.aTinyPackage(folder.resolve("model"));
        try (PackageDraft draft = PackageDraft.copyOf(model, folder.resolve("next"), false)) {
            Files.delete(draft.file("README.md"));
            Files.createSymbolicLink(draft.file("README.md"), FULL);
            assertProblem("output.disk_full", () -> draft.commit(model.manifest()));
        }

        assertThat(namesIn(folder)).containsExactly("model");
    }

    @Test
    void refusesNamesThatLeaveTheDraft() {
        try (PackageDraft draft = PackageDraft.create(folder.resolve("model"), false)) {
            assertThatThrownBy(() -> draft.file("../x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> draft.file("a/b")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertExists(Path target, boolean force) {
        assertProblem("output.exists", () -> PackageDraft.create(target, force));
    }

    private static void assertProblem(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems()).extracting(Problem::code).containsExactly(code));
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
