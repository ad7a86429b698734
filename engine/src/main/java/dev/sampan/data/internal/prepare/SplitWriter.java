package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.DatasetFile.SplitFile;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;

/// Writes `<split>.jsonl`: a line for each row, `{"inputs":{"text":"…"},"label":"…","origin":"questions.csv line
/// 40"}`. The stored bytes of a row are what its content hash is of, and are escaped into the file without
/// becoming texts between.
final class SplitWriter implements AutoCloseable {
    private static final byte[] LABEL = ascii("},\"label\":");
    private static final byte[] ORIGIN = ascii(",\"origin\":");
    private static final byte[] END = ascii("}\n");

    private final byte[][] heads;
    private final FileChannel channel;
    private final MessageDigest fileDigest = Sha256.digest();
    private final MessageDigest contentDigest = Sha256.digest();
    private final Behind lineTaker;
    private final Behind contentTaker;
    private final Spool lines;
    private final Spool content;
    private long rows;

    /// @param thread on which is hashed and written
    SplitWriter(Path folder, Split split, List<String> inputs, ExecutorService thread) throws IOException {
        lineTaker = new Behind(this::writeLines, thread);
        contentTaker = new Behind(contentDigest::update, thread);
        lines = new Spool(lineTaker);
        content = new Spool(contentTaker);
        heads = new byte[inputs.size()][];
        for (int i = 0; i < heads.length; i++) {
            String head = (i == 0 ? "{\"inputs\":{" : ",") + Json.write(inputs.get(i)) + ":";
            heads[i] = head.getBytes(StandardCharsets.UTF_8);
        }
        channel =
                FileChannel.open(folder.resolve(name(split)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void writeLines(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        fileDigest.update(bytes, from, length);
    }

    static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT) + ".jsonl";
    }

    /// @param values the inputs, then the label
    void add(RowBytes values, String origin) throws IOException {
        for (int i = 0; i < heads.length; i++) {
            lines.put(heads[i]);
            JsonText.write(values.bytes(), values.start(i), values.length(i), lines);
        }
        lines.put(LABEL);
        JsonText.write(values.bytes(), values.start(heads.length), values.length(heads.length), lines);
        lines.put(ORIGIN);
        byte[] place = origin.getBytes(StandardCharsets.UTF_8);
        JsonText.write(place, 0, place.length, lines);
        lines.put(END);
        content.put(values.bytes(), 0, values.size());
        rows++;
    }

    /// Brings the file to the disk.
    SplitFile finish() throws IOException {
        lines.flush();
        content.flush();
        lineTaker.await();
        contentTaker.await();
        channel.force(true);
        return new SplitFile(
                rows, channel.size(), Sha256.finish(fileDigest.digest()), Sha256.finish(contentDigest.digest()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
