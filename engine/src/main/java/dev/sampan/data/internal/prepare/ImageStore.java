package dev.sampan.data.internal.prepare;

import dev.sampan.data.image.PictureReader;
import dev.sampan.data.image.UnreadablePicture;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pictures of a data set: each copied once under the hash of its bytes, `files/<sha256>.<ending>`, so that
/// a row names what it was trained on and equal pictures have equal names. A picture that cannot be read is
/// counted, and its row left out.
///
/// The copies are not forced to the disk one by one, which would take minutes for a hundred thousand: the name
/// tells what must be in the file.
final class ImageStore {
    static final String FOLDER = "files";
    private static final int BYTES_MAX = PictureReader.BYTES_MAX;
    private static final String DATA_URL = "data:image/";

    private final Path out;
    private final List<String> corruptExamples = new ArrayList<>();
    private long corrupt;

    /// @param out folder of the data set that is being written
    ImageStore(Path out) {
        this.out = out;
    }

    /// Path of the copy within the data set; null when this is no picture that can be read.
    ///
    /// @param written a path, or `data:image/…;base64,…`
    /// @param folder where a relative path starts, and which it may not leave
    @Nullable
    String put(String written, @Nullable Path folder, String origin) throws IOException {
        byte[] bytes = written.startsWith(DATA_URL) ? decoded(written) : content(written.strip(), folder);
        if (bytes == null || !isWhole(bytes)) {
            corrupt++;
            if (corruptExamples.size() < Quality.EXAMPLES_MAX) {
                corruptExamples.add(origin);
            }
            return null;
        }
        return put(bytes);
    }

    /// A picture is decoded once here, so that none which training or serving cannot read is ever learnt from.
    private static boolean isWhole(byte[] bytes) {
        try {
            PictureReader.read(bytes);
            return true;
        } catch (UnreadablePicture _) {
            return false;
        }
    }

    /// Path of the copy of a picture that is known to be one.
    String put(byte[] bytes) throws IOException {
        String name = FOLDER + "/" + Sha256.of(bytes).hex() + "." + PictureReader.ending(bytes);
        Path copy = out.resolve(name);
        if (!Files.exists(copy)) {
            Files.createDirectories(out.resolve(FOLDER));
            Files.write(copy, bytes);
        }
        return name;
    }

    private static byte @Nullable [] decoded(String url) {
        int comma = url.indexOf(";base64,");
        if (comma < 0) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(url.substring(comma + ";base64,".length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] content(String written, @Nullable Path folder) {
        try {
            if (folder == null) {
                return null;
            }
            Path file = folder.resolve(written).normalize();
            if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(BYTES_MAX + 1);
                return bytes.length > BYTES_MAX ? null : bytes;
            }
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }

    long corrupt() {
        return corrupt;
    }

    List<String> corruptExamples() {
        return corruptExamples;
    }
}
