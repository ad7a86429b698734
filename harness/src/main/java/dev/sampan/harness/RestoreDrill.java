package dev.sampan.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// A platform under load is killed and its database is lost; what a backup and the archived log bring back is
/// compared with what customers read. Argument: gigabytes of ballast in the database, `1`.
final class RestoreDrill implements Measure.Measurement {
    private static final int CALLERS = 4;

    @Override
    public String what() {
        return "the database lost under load, restored from a backup and the archived log; [gigabytes of ballast]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int gigabytes = arguments.isEmpty() ? 1 : Integer.parseInt(arguments.getFirst());
        Path folder = StartTime.aHome();
        Path backups = Files.createDirectory(folder.resolve("backups"));
        try (KilledPlatform platform = new KilledPlatform(Measure.root(), folder.resolve("home"))) {
            String secret = platform.demo();
            platform.start("--backup-dir", backups.toString());
            Drill.awaitConsole(platform);
            platform.fund();
            ballast(platform, gigabytes);
            Set<String> answered;
            try (Callers callers = new Callers(Callers.Asking.PREDICTION, CALLERS, platform.address(), secret)) {
                await(callers, 200);
                System.out.print(platform.run("backup", backups.toString()));
                await(callers, callers.count() + 500);
                platform.kill();
                callers.stop();
                answered = callers.answered();
            }
            lose(platform.home().resolve("database"));
            Files.deleteIfExists(platform.home().resolve("console-address"));
            System.out.print(platform.run("restore", backups.toString()));
            platform.start();
            Drill.awaitConsole(platform);
            judge(platform, answered);
        }
    }

    private static void ballast(KilledPlatform platform, int gigabytes) throws Exception {
        try (Connection database = platform.database();
                var statement = database.createStatement()) {
            statement.execute("create table public.ballast as select n, repeat(md5(n::text), 30) as text"
                    + " from generate_series(1, " + gigabytes * 1_000_000L + ") as n");
        }
    }

    private static void await(Callers callers, int count) throws InterruptedException {
        while (callers.count() < count) {
            Thread.sleep(20);
        }
    }

    private static void lose(Path database) throws Exception {
        try (Stream<Path> files = Files.walk(database)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void judge(KilledPlatform platform, Set<String> answered) throws Exception {
        BooksAfter books = new BooksAfter(platform);
        Set<String> lost = books.lost(Callers.Asking.PREDICTION, answered);
        List<String> broken = books.broken();
        System.out.printf(
                Locale.ROOT,
                "| database lost under load, restored | of %d answers read %d not in the books;"
                        + " broken invariants: %s | |%n",
                answered.size(),
                lost.size(),
                broken.isEmpty() ? "none" : broken);
        if (!lost.isEmpty() || !broken.isEmpty()) {
            throw new IllegalStateException("the restored books are wrong: " + lost + " " + broken);
        }
    }
}
