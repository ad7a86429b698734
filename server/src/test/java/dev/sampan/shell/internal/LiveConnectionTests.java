package dev.sampan.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveConnectionTests {
    @Test
    void aPageThatIsTooSlowLosesItsOldestEvents() throws Exception {
        LiveConnection connection = new LiveConnection("s", Set.of("run/1"));
        for (int i = 0; i < LiveConnection.QUEUE_MAX + 50; i++) {
            connection.offer(new LiveConnection.Event("run/1", "epoch", "" + i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                connection.serve(out);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!out.toString(StandardCharsets.UTF_8).contains("data: 249")) {
            Thread.sleep(10);
        }
        connection.close();
        writer.join();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("data: 50\n", "data: 249\n", "event: closed").doesNotContain("data: 49\n");
        assertThat(text.split("event: changed", -1)).hasSize(3);
    }
}
