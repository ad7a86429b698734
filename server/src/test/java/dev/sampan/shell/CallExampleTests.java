package dev.sampan.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.shell.CallExample.Snippet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallExampleTests {
    private final CallExample example =
            new CallExample("http://h:8000", "helpdesk", Map.of("question", "it's \"late\""));

    @Test
    void everySnippetHoldsTheKey() {
        assertThat(example.snippets("sk-1"))
                .extracting(Snippet::code)
                .allSatisfy(code -> assertThat(code).contains("sk-1"));
    }

    @Test
    void aQuoteInTheInputDoesNotEndTheShellsQuoting() throws Exception {
        String curl = example.snippets("sk-1").getFirst().code();
        Process shell = new ProcessBuilder("bash", "-c", "curl() { printf '%s\\n' \"${@: -1}\"; }\n" + curl).start();
        String body = new String(shell.getInputStream().readAllBytes()).strip();
        assertThat(body).isEqualTo("{\"inputs\":[{\"question\":\"it's \\\"late\\\"\"}]}");
    }
}
