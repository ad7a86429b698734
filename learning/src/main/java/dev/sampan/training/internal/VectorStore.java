package dev.sampan.training.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;

/// Sentence vectors of the rows of a [TokenStore], on disk and mapped: one file of 32-bit floats (rows, dimension),
/// little-endian, in the order of the rows. It grows by whole pieces of rows, so that a pass broken off goes on where
/// it stopped.
final class VectorStore implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PIECE_ROWS = 2048;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment values;
    private final TokenStore tokens;
    private final int dimension;

    VectorStore(Path file, TokenStore tokens, int dimension) throws IOException {
        this.tokens = tokens;
        this.dimension = dimension;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            values = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /// The vectors in a file, computed when it is not there.
    static VectorStore of(Path file, TokenStore tokens, SentenceEncoder encoder, Progress progress) throws IOException {
        if (!Files.exists(file)) {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            compute(part, tokens, encoder, progress);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new VectorStore(file, tokens, encoder.dimension());
    }

    private static void compute(Path part, TokenStore tokens, SentenceEncoder encoder, Progress progress)
            throws IOException {
        long pieceBytes = (long) PIECE_ROWS * encoder.dimension() * Float.BYTES;
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            long pieces = channel.size() / pieceBytes;
            channel.truncate(pieces * pieceBytes).position(pieces * pieceBytes);
            for (int from = Math.toIntExact(pieces * PIECE_ROWS); from < tokens.rows(); from += PIECE_ROWS) {
                progress.at("encode", from, tokens.rows(), encoder.name());
                if (progress.cancelled()) {
                    throw new CancellationException("encoding was cancelled at row " + from);
                }
                write(channel, encoder.vectors(tokens, from, Math.min(tokens.rows(), from + PIECE_ROWS)));
            }
        }
        progress.at("encode", tokens.rows(), tokens.rows(), encoder.name());
    }

    private static void write(FileChannel channel, float[] vectors) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vectors);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    int rows() {
        return tokens.rows();
    }

    int dimension() {
        return dimension;
    }

    int label(int row) {
        return tokens.label(row);
    }

    /// Vectors of neighbouring rows, (to − from, dimension).
    void copy(int from, int to, float[] target) {
        MemorySegment.copy(values, FLOAT, (long) from * dimension * Float.BYTES, target, 0, (to - from) * dimension);
    }

    @Override
    public void close() {
        arena.close();
    }
}
