package dev.sampan.spec.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The names of a data file's columns, from its first 64 kB. Where these leave a doubt there is no answer: the
/// room `data` reads the whole file and speaks with certainty.
final class Header {
    private static final int BYTES_MAX = 1 << 16;
    /// A first line as long as this may have been cut: [#BYTES_MAX] bytes hold at least a quarter as many letters.
    private static final int HEADER_MAX = BYTES_MAX / 4 - 1;
    private static final int LINES_MAX = 50;
    private static final List<Character> SEPARATORS = List.of(',', '\t', ';', '|');

    private Header() {}

    /// Every way to read the header, one for each separator, the one with most columns first; empty when in
    /// doubt.
    static List<List<String>> of(Path file, Format format, String encoding) {
        String text;
        try {
            text = start(file, encoding);
        } catch (IOException _) {
            return List.of();
        }
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean lines = name.endsWith(".jsonl") || name.endsWith(".ndjson");
        boolean table = name.endsWith(".csv") || name.endsWith(".tsv");
        return switch (format) {
            case JSONL -> ofObjects(text);
            case CSV -> ofTable(text);
            case JSON, PARQUET, CONLL, IMAGES -> List.of();
            case AUTO -> lines ? ofObjects(text) : table ? ofTable(text) : List.of();
        };
    }

    private static @Nullable String start(Path file, String encoding) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX);
        }
        if (!encoding.equals("auto")) {
            return decoded(bytes, Charset.forName(encoding));
        }
        String utf8 = decoded(bytes, StandardCharsets.UTF_8);
        return utf8 != null ? utf8 : decoded(bytes, Charset.forName("GB18030"));
    }

    /// null when the bytes are not of this character set; half a letter at the end is no fault.
    private static @Nullable String decoded(byte[] bytes, Charset charset) {
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean fault = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), out, false)
                .isError();
        String text = out.flip().toString();
        return fault ? null : text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static List<List<String>> ofTable(String text) {
        if (text.length() > HEADER_MAX && text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return List.of(); // the line may go on beyond what was read
        }
        List<List<String>> headers = new ArrayList<>();
        for (char separator : SEPARATORS) {
            try (CsvReader<CsvRecord> csv =
                    CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
                csv.stream()
                        .findFirst()
                        .ifPresent(r -> headers.add(
                                r.getFields().stream().map(String::strip).toList()));
            } catch (CsvParseException | IOException _) {
                // A quotation mark left open: this separator does not fit, or the data room will say where.
                continue;
            }
        }
        headers.sort(
                Comparator.comparingInt((List<String> header) -> header.size()).reversed());
        return headers;
    }

    private static List<List<String>> ofObjects(String text) {
        Set<String> keys = new LinkedHashSet<>();
        int end = text.lastIndexOf('\n');
        for (String line : text.substring(0, end < 0 ? text.length() : end)
                .lines()
                .limit(LINES_MAX)
                .toList()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                keys.addAll(Json.read(line, JsonNode.class).propertyNames());
            } catch (ProblemException _) {
                return List.of();
            }
        }
        return keys.isEmpty() ? List.of() : List.of(List.copyOf(keys));
    }
}
