package dev.sampan.training.loop;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Wall-clock and CPU time since the last lap, in seconds.
public final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long wall = System.nanoTime();
    private long cpu = SYSTEM.getProcessCpuTime();

    /// @param cpu of all cores of this process
    public record Lap(double wall, double cpu) {}

    public Lap lap() {
        long now = System.nanoTime();
        long used = SYSTEM.getProcessCpuTime();
        Lap lap = new Lap((now - wall) / 1e9, (used - cpu) / 1e9);
        wall = now;
        cpu = used;
        return lap;
    }
}
