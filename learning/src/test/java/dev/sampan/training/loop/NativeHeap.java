package dev.sampan.training.loop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.assertj.core.api.Assumptions;

/// What the C library has given out and not got back, as `mallinfo2` of glibc says: exact, and without the Java heap.
final class NativeHeap {
    private static final StructLayout INFO =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
    private static final long MAPPED = 4L * Long.BYTES; // hblkhd
    private static final long IN_USE = 7L * Long.BYTES; // uordblks

    private NativeHeap() {}

    @SuppressWarnings("restricted")
    static long bytesInUse() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup known = linker.defaultLookup();
        Assumptions.assumeThat(known.find("mallinfo2")).as("glibc").isPresent();
        MethodHandle call = linker.downcallHandle(known.find("mallinfo2").orElseThrow(), FunctionDescriptor.of(INFO));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) call.invoke((SegmentAllocator) arena);
            return info.get(ValueLayout.JAVA_LONG, MAPPED) + info.get(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
