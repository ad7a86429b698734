package dev.sampan.compute;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/// The native library as a whole.
public final class Torch {
    /// Version of the bindings and of libtorch in them.
    public static final String VERSION = "2.10.0";

    static {
        // The bindings' own default is OpenBLAS, three times slower on x86-64; MKL exists for no other processor.
        if (System.getProperty("os.arch").equals("amd64")) {
            setIfAbsent("org.bytedeco.openblas.load", "mkl_rt");
        }
        // The bindings would count mapped files as memory in use and refuse to allocate.
        setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }

    private Torch() {}

    /// Loads the library, or tells why it cannot be, and has each call of this thread run on this thread alone.
    /// Parallel work is our own: threads that each take whole rows waste less than threads inside small operations.
    ///
    /// @throws ProblemException `learning.native_missing`
    public static void useOneThreadPerCall() {
        useThreads(1);
    }

    /// True where the processor multiplies matrices of bfloat16 by itself.
    public static boolean multipliesBf16() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .limit(1)
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .anyMatch(Set.of("avx512_bf16", "amx_bf16", "bf16")::contains);
        } catch (IOException | UncheckedIOException _) { // no Linux: unknown, so not relied upon
            return false;
        }
    }

    /// Has the calls of this thread use so many threads.
    static void useThreads(int count) {
        try {
            torch.set_num_threads(count);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new ProblemException(
                    Problem.of(
                                    "learning.native_missing",
                                    "libtorch cannot be loaded on " + System.getProperty("os.name") + " "
                                            + System.getProperty("os.arch") + ": " + e.getMessage())
                            .remedy("Training needs Linux (x86-64 or arm64, glibc 2.28) or macOS on arm64"),
                    e);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
