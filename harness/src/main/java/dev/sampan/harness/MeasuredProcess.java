package dev.sampan.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A measured Java process: talked to by lines, its processor time read from `/proc`.
final class MeasuredProcess implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private MeasuredProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /// With this process's class path, which goes by the environment.
    static MeasuredProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new MeasuredProcess(builder.start());
    }

    /// A peer that is no Java program and is not talked to.
    static MeasuredProcess peer(Path folder, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new MeasuredProcess(builder.start());
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Resident memory of the process and everything it has started, in MB.
    double megabytes() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(process.toHandle()), process.descendants())
                        .mapToLong(one -> residentKilobytes(one.pid()))
                        .sum()
                / 1e3;
    }

    private static long residentKilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0; // it ended between the list and the look
        }
    }

    String read() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the measured process ended early");
        }
        return line;
    }

    String ask(String question) throws IOException {
        in.write(question);
        in.newLine();
        in.flush();
        return read();
    }

    /// User and system seconds of the process itself so far.
    double ownCpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    /// The same of everything it has started that still lives.
    double descendantsCpuSeconds() {
        return process.descendants().mapToDouble(child -> orZero(child.pid())).sum();
    }

    private static double orZero(long pid) {
        try {
            return cpuSeconds(pid);
        } catch (IOException e) {
            return 0; // it ended between the list and the look
        }
    }

    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
