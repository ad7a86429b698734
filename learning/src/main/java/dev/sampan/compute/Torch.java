package dev.sampan.compute;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
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
        try {
            torch.set_num_threads(1);
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
