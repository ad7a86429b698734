package dev.sampan.data.internal.prepare;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.internal.source.IoProblems;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads what [SplitWriter] wrote.
public final class SplitRows implements RowReader {
    private final Path file;
    private final List<String> inputs;
    private final List<String> columns;
    private final BufferedReader reader;

    public SplitRows(Dataset dataset, Split split) {
        this.file = dataset.folder().resolve(SplitWriter.name(split));
        this.inputs = dataset.inputs();
        List<String> names = new ArrayList<>(inputs);
        names.add(Datasets.LABEL);
        this.columns = List.copyOf(names);
        try {
            this.reader = Files.newBufferedReader(file);
        } catch (IOException e) {
            throw IoProblems.reading(file, e);
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            return null;
        }
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            return row(parser);
        } catch (JacksonException e) {
            throw corrupt();
        }
    }

    private Row row(JsonParser parser) {
        @Nullable String[] values = new String[columns.size()];
        String origin = "";
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "inputs" -> inputs(parser, values);
                case "label" -> values[inputs.size()] = parser.getString();
                case "origin" -> origin = parser.getString();
                default -> {
                    if (token.isStructStart()) {
                        parser.skipChildren();
                    }
                }
            }
        }
        List<String> complete = new ArrayList<>(values.length);
        for (String value : values) {
            if (value == null) {
                throw corrupt();
            }
            complete.add(value);
        }
        return new Row(origin, complete);
    }

    private void inputs(JsonParser parser, @Nullable String[] values) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int index = inputs.indexOf(parser.currentName());
            parser.nextToken();
            if (index >= 0) {
                values[index] = parser.getString();
            }
        }
    }

    private ProblemException corrupt() {
        return new ProblemException(
                Problem.of("data.corrupt", "A row is not as it was written").at(file.toString()));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
