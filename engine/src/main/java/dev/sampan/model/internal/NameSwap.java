package dev.sampan.model.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Swaps the names of two folders in one step of the file system, so that at no moment either is missing: `renameat2`
/// with `RENAME_EXCHANGE` of Linux. Java's own library has no call for it.
final class NameSwap {
    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;

    private NameSwap() {}

    /// @return false when this system or this file system cannot, and nothing has changed
    static boolean swap(Path one, Path other) {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = System.getProperty("os.name").equals("Linux")
                ? linker.defaultLookup().find("renameat2").orElse(MemorySegment.NULL)
                : MemorySegment.NULL;
        if (function.equals(MemorySegment.NULL)) {
            return false;
        }
        MethodHandle rename = linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(one.toString());
            MemorySegment to = arena.allocateFrom(other.toString());
            return (int) rename.invokeExact(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // a downcall declares it and never throws it
            throw new AssertionError(e);
        }
    }
}
