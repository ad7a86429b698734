package dev.sampan.training.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The C library's `dup`, `dup2`, `creat` and `write`, which Java does not offer.
final class FileDescriptors {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;

    private static final MethodHandle DUP = function("dup", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle DUP2 = function("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CREAT = function("creat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private FileDescriptors() {}

    /// Standard error as a stream under another number, while the numbers of standard output and error lead to a new
    /// file.
    static OutputStream takeStandardError(Path file) throws IOException {
        int kept = call(DUP, STANDARD_ERROR);
        int opened;
        try (Arena arena = Arena.ofConfined()) {
            opened = call(CREAT, arena.allocateFrom(file.toString()), OWNER_MAY_READ_AND_WRITE);
        }
        call(DUP2, opened, STANDARD_OUTPUT);
        call(DUP2, opened, STANDARD_ERROR);
        return new Descriptor(kept);
    }

    /// A stream into a descriptor.
    private static final class Descriptor extends OutputStream {
        private final int number;

        Descriptor(int number) {
            this.number = number;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(Math.max(1, length));
                MemorySegment.copy(bytes, offset, copy, JAVA_BYTE, 0, length);
                for (long done = 0; done < length; ) {
                    done += writePart(copy.asSlice(done, length - done));
                }
            }
        }

        private long writePart(MemorySegment part) throws IOException {
            long written;
            try {
                written = (long) WRITE.invokeExact(number, part, part.byteSize());
            } catch (Throwable e) { // what a method handle declares; a C function throws nothing
                throw new IllegalStateException(e);
            }
            if (written <= 0) {
                throw new IOException("descriptor " + number + " takes no more");
            }
            return written;
        }
    }

    private static int call(MethodHandle function, Object... arguments) throws IOException {
        int result;
        try {
            result = (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) { // what a method handle declares; a C function throws nothing
            throw new IllegalStateException(e);
        }
        if (result < 0) {
            throw new IOException("the system refused a file descriptor");
        }
        return result;
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
