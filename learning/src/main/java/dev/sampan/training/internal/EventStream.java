package dev.sampan.training.internal;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Events as JSON lines. Progress of a running step is thinned to ten lines a second.
public final class EventStream {
    private static final long PROGRESS_NANOS = 100_000_000;

    private final OutputStream out;
    private String lastStep = "";
    private long lastProgress;

    public EventStream(OutputStream out) {
        this.out = out;
    }

    /// On the process's standard error, which from then on is this stream's alone: standard output and error of
    /// everything else in the process, native code included, go to the file.
    public static EventStream apart(Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            OutputStream events = FileDescriptors.takeStandardError(log);
            System.setErr(new PrintStream(Files.newOutputStream(log, StandardOpenOption.APPEND), true));
            return new EventStream(events);
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder cannot be written", e);
        }
    }

    /// The first and the last of a step are always told.
    public synchronized void progress(String step, long done, long total, String note) {
        long now = System.nanoTime();
        if (step.equals(lastStep) && done != total && now - lastProgress < PROGRESS_NANOS) {
            return;
        }
        lastStep = step;
        lastProgress = now;
        Map<String, Object> event = event("progress");
        event.put("step", step);
        event.put("done", done);
        event.put("total", total);
        event.put("note", note);
        write(event);
    }

    public void metric(int epoch, Map<String, Double> values) {
        Map<String, Object> event = event("metric");
        event.put("epoch", epoch);
        event.put("values", values);
        write(event);
    }

    public void problems(List<Problem> problems) {
        for (Problem problem : problems) {
            Map<String, Object> event = event("problem");
            event.put("code", problem.code());
            event.put("sentence", problem.sentence());
            if (problem.place() != null) {
                event.put("place", problem.place());
            }
            if (problem.remedy() != null) {
                event.put("remedy", problem.remedy());
            }
            write(event);
        }
    }

    public void done(Path folder) {
        Map<String, Object> event = event("done");
        event.put("package", folder.toString());
        write(event);
    }

    private static Map<String, Object> event(String kind) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", kind);
        return event;
    }

    /// One write for each line, so that lines stay whole.
    private synchronized void write(Map<String, Object> event) {
        try {
            out.write((Json.write(event) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens any more", e);
        }
    }
}
