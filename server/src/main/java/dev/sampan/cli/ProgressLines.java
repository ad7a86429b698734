package dev.sampan.cli;

import dev.sampan.kernel.Json;
import dev.sampan.studio.StageProgress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Progress on standard error: one waterline for each step, redrawn ten times a second at the most; or JSON lines.
final class ProgressLines implements StageProgress, AutoCloseable {
    private static final int WIDTH = 24;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Style style;
    private String step = "";
    private boolean open;
    private long quietUntil;

    ProgressLines(Style style) {
        this.style = style;
    }

    /// Who reads it.
    enum Style {
        BAR,
        JSON,
        SILENT;

        static Style ofTheTerminal() {
            boolean terminal = System.console() != null && System.console().isTerminal();
            return terminal ? BAR : SILENT;
        }
    }

    @Override
    public synchronized void at(String now, long done, long total, String note) {
        boolean fresh = !now.equals(step);
        boolean last = total > 0 && done >= total;
        if (!fresh && !last && System.nanoTime() < quietUntil) {
            return;
        }
        quietUntil = System.nanoTime() + PAUSE_NANOS;
        switch (style) {
            case BAR -> draw(now, fresh, done, total, note);
            case JSON -> line(now, done, total, note);
            case SILENT -> {}
        }
        step = now;
    }

    @Override
    public synchronized void epoch(Map<String, Object> figures) {
        if (style == Style.JSON) {
            System.err.println(Json.write(Map.of("event", "epoch", "figures", figures)));
        }
    }

    private void draw(String now, boolean fresh, long done, long total, String note) {
        if (fresh) {
            endLine();
        }
        StringBuilder line = new StringBuilder("\r\u001b[K").append(pad(title(now)));
        if (total > 0) {
            int full = (int) (Math.min(done, total) * WIDTH / total);
            line.append("▓".repeat(full)).append("░".repeat(WIDTH - full));
            line.append(String.format(Texts.locale(), " %3d %%", Math.min(done, total) * 100 / total));
        } else {
            line.append(String.format(Texts.locale(), "%,d", done));
        }
        System.err.print(line.append("  ").append(note));
        System.err.flush();
        open = true;
    }

    private static void line(String step, long done, long total, String note) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "progress");
        line.put("step", step);
        line.put("done", done);
        line.put("total", total);
        line.put("note", note);
        System.err.println(Json.write(line));
    }

    private static String title(String step) {
        String key = "step." + step;
        return Texts.has(key) ? Texts.get(key) : step;
    }

    /// Chinese letters take two columns of a terminal.
    private static String pad(String title) {
        int columns = title.codePoints().map(letter -> letter >= 0x2E80 ? 2 : 1).sum();
        return title + " ".repeat(Math.max(1, 16 - columns));
    }

    @Override
    public boolean cancelled() {
        return Interruption.requested();
    }

    @Override
    public void close() {
        endLine();
    }

    /// Ends the line of a bar, so that other text can follow.
    synchronized void endLine() {
        if (open) {
            System.err.println();
            open = false;
        }
    }
}
