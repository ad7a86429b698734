package dev.sampan.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The inputs of a graph for several rows, by the names of the graph's inputs. Arrays are in row order and belong to
/// whoever is given them.
///
/// @param rows how many rows; the first dimension of every tensor
public record NamedTensors(int rows, Map<String, Values> tensors) {
    public NamedTensors {
        SequencedMap<String, Values> ordered = new LinkedHashMap<>(tensors);
        ordered.forEach((name, values) -> {
            if (values.shape()[0] != rows) {
                throw new IllegalArgumentException(name + " has " + values.shape()[0] + " rows of " + rows);
            }
        });
        tensors = Collections.unmodifiableMap(ordered);
    }

    /// One tensor.
    public sealed interface Values {
        long[] shape();
    }

    /// FLOAT.
    public record Floats(float[] values, long... shape) implements Values {
        public Floats {
            check(values.length, shape);
        }
    }

    /// INT64.
    public record Longs(long[] values, long... shape) implements Values {
        public Longs {
            check(values.length, shape);
        }
    }

    /// What a graph must declare for one of its inputs or outputs.
    ///
    /// @param shape sizes of the dimensions, −1 where it may be any
    public record Declared(String name, Type type, List<Long> shape) {
        public Declared {
            shape = List.copyOf(shape);
        }
    }

    /// Of a tensor's elements.
    public enum Type {
        FLOAT,
        INT64
    }

    private static void check(int values, long[] shape) {
        long size = 1;
        for (long dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        if (size != values) {
            throw new IllegalArgumentException(values + " values for a shape of " + size);
        }
    }
}
