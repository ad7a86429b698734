package dev.sampan.database.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs short programs of the system to their end.
final class Programs {
    private Programs() {}

    /// @param output standard output and error together
    record Outcome(int code, String output) {}

    static Outcome run(List<String> command) throws InterruptedException {
        try {
            Process process = start(command);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// False too where there is no such program.
    static boolean succeeds(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).code() == 0;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    static String output(String... command) throws InterruptedException {
        return run(List.of(command)).output();
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
