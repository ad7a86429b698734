package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The nodes a row is linked to, with the share each has in a graph convolution: 1 / √(dᵢ dⱼ), where d is a
/// node's links plus one for itself (Kipf and Welling 2017, the renormalised adjacency). Nodes that were not
/// learnt are left out.
///
/// @param nodes known names, in the order of the graph's rows
/// @param degrees of each, its known links plus one
/// @param index name → place, made of the nodes
public record LinksColumn(
        String name,
        List<String> nodes,
        int[] degrees,
        @JsonIgnore Map<String, Integer> index) implements FittedColumn.Own {
    /// (batch, links) INT64: places of the linked nodes, 0 where a row has fewer.
    public static final String PLACES = "links";

    /// (batch, links) FLOAT: the share of each, 0 where a row has fewer.
    public static final String SHARES = "link_shares";

    /// (batch, 1) FLOAT: the row's own share.
    public static final String OWN = "own_share";

    /// A row with more is refused: one hub must not make a batch of thousands of times its size.
    static final int LINKS_MAX = 10_000;

    public LinksColumn {
        nodes = List.copyOf(nodes);
        if (degrees.length != nodes.size()) {
            throw new IllegalArgumentException(degrees.length + " degrees of " + nodes.size() + " nodes");
        }
        if (index == null || index.isEmpty()) {
            Map<String, Integer> made = HashMap.newHashMap(nodes.size());
            for (int i = 0; i < nodes.size(); i++) {
                made.put(nodes.get(i), i);
            }
            index = made;
        }
    }

    public LinksColumn(String name, List<String> nodes, int[] degrees) {
        this(name, nodes, degrees, Map.of());
    }

    /// The links as they are written: a JSON list, or names with blanks between; each once.
    ///
    /// @throws ProblemException `input.invalid`
    public static List<String> written(String column, String value) {
        String text = value.strip();
        List<String> links;
        if (text.startsWith("[")) {
            try {
                links = Arrays.asList(Json.read(text, String[].class));
            } catch (ProblemException _) {
                throw invalid(column, "is no list of names");
            }
        } else {
            links = text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
        }
        if (links.size() > LINKS_MAX) {
            throw invalid(column, "names " + links.size() + " links, more than " + LINKS_MAX);
        }
        return links.stream().distinct().toList();
    }

    private static ProblemException invalid(String column, String why) {
        return new ProblemException(Problem.of("input.invalid", "The column '" + column + "' " + why)
                .at(column)
                .remedy("Write it as [\"a\", \"b\"], or as names with blanks between"));
    }

    @Override
    public List<Declared> tensors() {
        return List.of(
                new Declared(PLACES, Type.INT64, List.of(-1L, -1L)),
                new Declared(SHARES, Type.FLOAT, List.of(-1L, -1L)),
                new Declared(OWN, Type.FLOAT, List.of(-1L, 1L)));
    }

    @Override
    public List<Values> encode(List<String> values) {
        List<int[]> rows = new ArrayList<>();
        for (String value : values) {
            rows.add(known(written(name, value)));
        }
        return values(rows);
    }

    /// Places of those that are known.
    public int[] known(List<String> links) {
        return links.stream()
                .map(index::get)
                .filter(place -> place != null)
                .mapToInt(place -> place)
                .toArray();
    }

    /// @param rows places of each row's links
    public List<Values> values(List<int[]> rows) {
        int width = Math.max(1, rows.stream().mapToInt(row -> row.length).max().orElse(0));
        long[] places = new long[Math.multiplyExact(rows.size(), width)];
        float[] shares = new float[places.length];
        float[] own = new float[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i);
            double degree = row.length + 1;
            own[i] = (float) (1 / degree);
            for (int k = 0; k < row.length; k++) {
                places[i * width + k] = row[k];
                shares[i * width + k] = (float) (1 / Math.sqrt(degree * degrees[row[k]]));
            }
        }
        return List.of(
                new Longs(places, rows.size(), width),
                new Floats(shares, rows.size(), width),
                new Floats(own, rows.size(), 1));
    }

    @Override
    public String example() {
        return nodes.isEmpty() ? "" : nodes.getFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinksColumn column
                && column.name.equals(name)
                && column.nodes.equals(nodes)
                && Arrays.equals(column.degrees, degrees);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + nodes.hashCode();
    }
}
