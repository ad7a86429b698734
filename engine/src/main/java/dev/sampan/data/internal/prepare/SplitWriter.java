package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.data.internal.prepare.DatasetFile.SplitFile;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.MinimalPrettyPrinter;

/// Writes `<split>.jsonl`: a line for each row, `{"inputs":{"text":"…"},"label":"…","origin":"questions.csv line
/// 40"}`.
final class SplitWriter implements AutoCloseable {
    private final List<String> inputs;
    private final FileChannel channel;
    private final MessageDigest fileDigest = Sha256.digest();
    private final MessageDigest contentDigest = Sha256.digest();
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private final OutputStream out;
    private final JsonGenerator json;
    private long rows;

    SplitWriter(Path folder, Split split, List<String> inputs) throws IOException {
        this.inputs = inputs;
        channel =
                FileChannel.open(folder.resolve(name(split)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), fileDigest), 1 << 16);
        json = Json.MAPPER.writer().with(new MinimalPrettyPrinter("\n")).createGenerator(out);
    }

    static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT) + ".jsonl";
    }

    void add(List<String> texts, String label, String origin) throws IOException {
        try {
            json.writeStartObject().writeName("inputs").writeStartObject();
            for (int i = 0; i < inputs.size(); i++) {
                json.writeName(inputs.get(i)).writeString(texts.get(i));
                digest(texts.get(i));
            }
            json.writeEndObject().writeName("label").writeString(label);
            json.writeName("origin").writeString(origin).writeEndObject();
            digest(label);
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
        rows++;
    }

    private void digest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        contentDigest.update(length.putInt(0, bytes.length).array());
        contentDigest.update(bytes);
    }

    /// Brings the file to the disk.
    SplitFile finish() throws IOException {
        try {
            json.flush();
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
        if (rows > 0) {
            out.write('\n');
        }
        out.flush();
        channel.force(true);
        return new SplitFile(
                rows, channel.size(), Sha256.finish(fileDigest.digest()), Sha256.finish(contentDigest.digest()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
