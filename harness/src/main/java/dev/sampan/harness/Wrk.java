package dev.sampan.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Debian's `wrk`: a closed loop over so many connections.
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern PERCENTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");

    private Wrk() {}

    /// @param p50 milliseconds, p99 too
    record Run(long calls, double p50, double p99) {}

    /// A file that makes wrk post `body` with a bearer's secret.
    static Path script(String body, String secret) throws IOException {
        Path script = Files.createTempFile("sampan-load", ".lua");
        return Files.writeString(script, """
                wrk.method = "POST"
                wrk.body = [[%s]]
                wrk.headers["Content-Type"] = "application/json"
                wrk.headers["Authorization"] = "Bearer %s"
                """.formatted(body, secret));
    }

    /// @throws IllegalStateException when anything was answered but success
    static Run run(String target, Path script, int connections, int seconds) throws Exception {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "20s",
                        "--latency",
                        "-s",
                        script.toString(),
                        target)
                .redirectErrorStream(true)
                .start();
        String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || FAILED.matcher(report).find()) {
            throw new IllegalStateException("wrk failed:\n" + report);
        }
        return new Run(requests(report), percentile(report, "50"), percentile(report, "99"));
    }

    private static long requests(String report) {
        Matcher matcher = REQUESTS.matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk said something else:\n" + report);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static double percentile(String report, String wanted) {
        Matcher matcher = PERCENTILE.matcher(report);
        while (matcher.find()) {
            if (matcher.group(1).equals(wanted)) {
                double value = Double.parseDouble(matcher.group(2));
                return switch (matcher.group(3)) {
                    case "us" -> value / 1_000;
                    case "s" -> value * 1_000;
                    default -> value;
                };
            }
        }
        throw new IllegalStateException("wrk told no percentiles:\n" + report);
    }
}
