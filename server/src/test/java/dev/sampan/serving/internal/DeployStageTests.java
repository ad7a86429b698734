package dev.sampan.serving.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.catalog.Catalog;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.serving.Serving;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployStageTests {
    @TempDir
    private Path folder;

    /// Nothing is asked of them: what is refused is refused first.
    private static <T> T untouched(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new AssertionError(method + " was called");
        }));
    }

    /// One public name is answered by one thing: suppliers refuse a name of ours, we refuse one of theirs.
    @Test
    void aNameThatASupplierAnswersUnderIsRefusedBeforeAnythingIsLoaded() throws IOException {
        Files.writeString(folder.resolve("loans.csv"), "age,repaid\n30,yes\n40,no\n");
        Path file = Files.writeString(folder.resolve("sampan.yaml"), """
                name: loans
                task: tabular_classification
                data:
                  dataset: loans.csv
                  input_features: [{name: age, type: number}]
                  output_features: [{name: repaid}]
                serve: {model: chat}
                """);
        Voyage voyage = new Voyage(
                Ulid.next(),
                new TenantId(Ulid.next()),
                new ActorId(Ulid.next()),
                Specs.read(file, List.of()),
                null,
                null,
                1);
        DeployStage stage =
                new DeployStage(untouched(Serving.class), untouched(Catalog.class), () -> name -> name.equals("chat"));
        assertThatThrownBy(() -> stage.run(voyage, StageProgress.of(Progress.NONE)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'chat'");
    }
}
