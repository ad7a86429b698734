package dev.sampan.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Seconds of `./sampan demo --exit` on a fresh home, and again on the same one. The build and its downloads come
/// before and are not counted.
final class DemoTime implements Measure.Measurement {
    @Override
    public String what() {
        return "./sampan demo --exit on a fresh home, and again";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = StartTime.aHome();
        double first = demo(home);
        double again = demo(home);
        System.out.printf(Locale.ROOT, "| demo on a built checkout | first %.0f s, again %.0f s | |%n", first, again);
    }

    private static double demo(Path home) throws Exception {
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        Measure.root().resolve("sampan").toString(),
                        "demo",
                        "--exit",
                        "--port",
                        Integer.toString(StartTime.freePort()),
                        "--console-port",
                        Integer.toString(StartTime.freePort()))
                .inheritIO();
        builder.environment().put("SAMPAN_HOME", home.toString());
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("the demo ended with " + code);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
