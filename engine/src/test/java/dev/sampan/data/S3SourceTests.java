package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Progress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Objects of a store, against a server on loopback that holds every signature against the secret.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3SourceTests {
    private static final List<String> VARIABLES =
            List.of("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION");

    @TempDir
    Path folder;

    private final BlobStoreContext context = ContextBuilder.newBuilder("transient-nio2")
            .credentials("no", "body")
            .buildView(BlobStoreContext.class);
    private final BlobStore store = context.getBlobStore();
    private final S3Proxy server = S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
            .build();
    private int made;

    @BeforeAll
    void start() throws Exception {
        store.createContainerInLocation(null, "tickets");
        put("2024/a b+ä.csv", "text,label\nfirst,x\n");
        put("2024/b.csv", "text,label\nsecond,y\n");
        put("2024/deep/c.csv", "text,label\nthird,y\n");
        put("2023/d.jsonl", "{\"text\":\"fourth\",\"label\":\"y\"}\n");
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        context.close();
    }

    @BeforeEach
    void setVariables() {
        set("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getPort());
        set("AWS_ACCESS_KEY_ID", "key");
        set("AWS_SECRET_ACCESS_KEY", "secret");
        set("AWS_REGION", "eu-central-1");
    }

    @AfterEach
    void clearVariables() {
        VARIABLES.forEach(name -> System.clearProperty("sampan.env." + name));
    }

    private static void set(String name, String value) {
        System.setProperty("sampan.env." + name, value);
    }

    private void put(String key, String content) {
        store.putBlob(
                "tickets",
                store.blobBuilder(key)
                        .payload(content.getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private Dataset prepare(String dataset) {
        return Datasets.prepare(aSpec(dataset).in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    private static List<String> texts(Dataset dataset) {
        return all(dataset, Split.TRAIN).stream()
                .map(row -> row.values().getFirst())
                .toList();
    }

    @Test
    void readsAnObjectWhoseKeyNeedsEveryKindOfEncoding() {
        Dataset dataset = prepare("s3://tickets/2024/a b+ä.csv");

        assertThat(texts(dataset)).containsExactly("first");
        Provenance.SourceFile source = dataset.provenance().sources().getFirst();
        assertThat(source.url()).isEqualTo("s3://tickets/2024/a b+ä.csv");
        assertThat(source.etag()).isNotBlank();
    }

    @Test
    void readsAllObjectsOfAGlobInOrder() {
        assertThat(texts(prepare("s3://tickets/2024/*.csv"))).containsExactly("first", "second");
        assertThat(texts(prepare("s3://tickets/{2023/*,2024/**}")))
                .containsExactly("fourth", "first", "second", "third");
        assertThat(problem(() -> prepare("s3://tickets/2022/*.csv")).code()).isEqualTo("data.not_found");
    }

    @Test
    void aWrongSecretIsRefusedByTheStore() {
        set("AWS_SECRET_ACCESS_KEY", "other");

        assertThat(problem(() -> prepare("s3://tickets/2024/b.csv")).line())
                .contains("The server answers 403: it wants credentials");
    }

    @Test
    void anObjectThatIsNotThereIsSaidToBeMissing() {
        assertThat(problem(() -> prepare("s3://tickets/none.csv")).line()).contains("404: there is nothing");
    }

    @Test
    void aChangedObjectHasAnotherFingerprint() {
        List<String> before =
                Datasets.fingerprints(aSpec("s3://tickets/2024/b.csv").in(folder), Progress.NONE);
        put("2024/b.csv", "text,label\nsecond,z\n");
        List<String> after =
                Datasets.fingerprints(aSpec("s3://tickets/2024/b.csv").in(folder), Progress.NONE);
        put("2024/b.csv", "text,label\nsecond,y\n");

        assertThat(after).isNotEqualTo(before);
        assertThat(Datasets.fingerprints(aSpec("s3://tickets/2024/*.csv").in(folder), Progress.NONE))
                .hasSize(2);
    }
}
