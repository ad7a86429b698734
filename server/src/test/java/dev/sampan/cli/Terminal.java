package dev.sampan.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Hears what a verb prints on standard output and on standard error; gives the streams back when it is closed.
final class Terminal implements AutoCloseable {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Terminal() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /// What one call did.
    record Heard(int code, String out, String err) {}

    Heard run(String... arguments) {
        out.reset();
        err.reset();
        int code = Main.run(arguments);
        return new Heard(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        System.setOut(realOut);
        System.setErr(realErr);
    }
}
