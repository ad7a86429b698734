package dev.sampan.catalog.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.Catalog.AliasMove;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class CatalogTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    Path folder;

    private final TenantId tenant = aTenant();
    private final ActorId actor = new ActorId(Ulid.next());
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private Catalog catalog;

    @BeforeEach
    void open() {
        catalog = new DatabaseCatalog(DB.database(), new PackageShelf(folder.resolve("shelf")), () -> now);
    }

    /// A package of its own content for each word.
    private ModelPackage aPackage(String word) {
        return ModelFixtures.aTinyPackage(
                folder.resolve("made").resolve(word), List.of("yes", "no"), List.of(word, "nothing"));
    }

    private ModelVersion register(String word) {
        return catalog.register(tenant, "helpdesk", aPackage(word), actor);
    }

    private Path onTheShelf(Sha256 content) {
        return folder.resolve("shelf").resolve(content.hex());
    }

    @Test
    void takesACopyThatOutlivesTheOriginal() throws IOException {
        ModelPackage model = aPackage("tea");
        ModelVersion version = catalog.register(tenant, "helpdesk", model, actor);
        Files.delete(model.onnx());

        ModelPackage copy = catalog.open(version.content());
        assertThat(copy.version()).isEqualTo(model.version());
        assertThat(copy.folder()).isEqualTo(onTheShelf(model.version()));
        assertThat(version).isEqualTo(catalog.version(tenant, "helpdesk", 1).orElseThrow());
        assertThat(version.summary()).contains("\"accuracy\"", "\"model_bytes\"", "\"labels\"");
        assertThat(version.registeredBy()).isEqualTo(actor);
    }

    @Test
    void theSameContentIsTheVersionThatStandsThereAlready() {
        ModelPackage model = aPackage("tea");
        ModelVersion first = catalog.register(tenant, "helpdesk", model, actor);
        now = now.plusSeconds(60);

        assertThat(catalog.register(tenant, "helpdesk", model, actor)).isEqualTo(first);
        assertThat(catalog.register(tenant, "another", model, actor).number()).isEqualTo(1);
        assertThat(catalog.versions(tenant, "helpdesk")).containsExactly(first);
    }

    @Test
    void numbersVersionsWithoutGapsWhenEightRegisterAtOnce() throws Exception {
        List<ModelPackage> models =
                IntStream.range(0, 8).mapToObj(i -> aPackage("word" + i)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<ModelVersion>> running = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                models.forEach(
                        model -> running.add(threads.submit(() -> catalog.register(tenant, "helpdesk", model, actor))));
            }
            for (Future<ModelVersion> one : running) {
                one.get();
            }
        }
        assertThat(catalog.versions(tenant, "helpdesk"))
                .extracting(ModelVersion::number)
                .containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void listsTheNewestOfEachName() {
        register("tea");
        ModelVersion second = register("kettle");
        ModelVersion other = catalog.register(tenant, "banking", aPackage("tea-bank"), actor);
        assertThat(catalog.newest(tenant)).containsExactly(other, second);
        assertThat(catalog.versions(tenant, "helpdesk")).first().isEqualTo(second);
    }

    @Test
    void keepsEveryMoveOfAnAliasNewestFirst() {
        register("tea");
        register("kettle");
        move("live", 1);
        move("live", 2);
        move("trial", 1);
        move("live", 1);

        assertThat(catalog.aliasHistory(tenant, "helpdesk"))
                .extracting(AliasMove::alias, AliasMove::from, AliasMove::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("live", 2, 1),
                        org.assertj.core.groups.Tuple.tuple("trial", null, 1),
                        org.assertj.core.groups.Tuple.tuple("live", 1, 2),
                        org.assertj.core.groups.Tuple.tuple("live", null, 1));
        assertThat(catalog.byAlias(tenant, "helpdesk", "live").orElseThrow().number())
                .isEqualTo(1);
        assertThat(catalog.byAlias(tenant, "helpdesk", "nobody")).isEmpty();
    }

    private void move(String alias, int number) {
        now = now.plusSeconds(1);
        catalog.moveAlias(tenant, "helpdesk", alias, number, actor);
    }

    @Test
    void aMoveToWhereTheAliasPointsIsNoMove() {
        register("tea");
        move("live", 1);
        move("live", 1);
        assertThat(catalog.aliasHistory(tenant, "helpdesk")).hasSize(1);
    }

    @Test
    void theLastMoveHoldsEvenWhenTheClockWasSetBack() {
        register("tea");
        register("kettle");
        move("live", 1);
        now = now.minusSeconds(3600);
        move("live", 2);
        assertThat(catalog.byAlias(tenant, "helpdesk", "live").orElseThrow().number())
                .isEqualTo(2);
    }

    @Test
    void anAliasDoesNotMoveToAVersionThatIsNotThere() {
        register("tea");
        assertThatThrownBy(() -> move("live", 7))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("catalog.no_version");
                            assertThat(problem.line()).contains("helpdesk", "7", "[1]");
                        }));
        assertThat(catalog.aliasHistory(tenant, "helpdesk")).isEmpty();
    }

    @Test
    void refusesAPackageThatWasDamagedOnTheDisk() throws IOException {
        Sha256 content = register("tea").content();
        Path onnx = onTheShelf(content).resolve("model.onnx");
        byte[] bytes = Files.readAllBytes(onnx);
        bytes[bytes.length / 2] ^= 1;
        Files.write(onnx, bytes);

        assertThatThrownBy(() -> catalog.open(content)).isInstanceOf(ProblemException.class);
    }

    @Test
    void saysWhereTheFilesOfAVersionShouldBe() {
        assertThatThrownBy(() -> catalog.open(Sha256.of("nothing")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("catalog.content_missing"));
    }

    @Test
    void registeringAgainMendsADamagedCopy() throws IOException {
        ModelPackage model = aPackage("tea");
        Sha256 content = catalog.register(tenant, "helpdesk", model, actor).content();
        Files.delete(onTheShelf(content).resolve("sampan.json"));
        assertThatThrownBy(() -> catalog.open(content)).isInstanceOf(ProblemException.class);

        assertThat(catalog.register(tenant, "helpdesk", model, actor).number()).isEqualTo(1);
        assertThat(catalog.open(content).version()).isEqualTo(content);
    }

    @Test
    void anotherTenantSeesNothing() {
        register("tea");
        move("live", 1);
        TenantId other = aTenant();
        assertThat(catalog.newest(other)).isEmpty();
        assertThat(catalog.versions(other, "helpdesk")).isEmpty();
        assertThat(catalog.version(other, "helpdesk", 1)).isEmpty();
        assertThat(catalog.byAlias(other, "helpdesk", "live")).isEmpty();
        assertThat(catalog.aliasHistory(other, "helpdesk")).isEmpty();
    }

    @Test
    void theApplicationCannotRewriteHistory() {
        register("tea");
        move("live", 1);
        for (String statement : List.of(
                "UPDATE catalog.model_version SET number = 9",
                "DELETE FROM catalog.model_version",
                "UPDATE catalog.alias_move SET moved_to = 9",
                "DELETE FROM catalog.alias_move",
                "TRUNCATE catalog.alias_move")) {
            assertThatThrownBy(() -> DB.database()
                            .asTenant(tenant, sql -> sql.sql(statement).update()))
                    .as(statement)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }
}
