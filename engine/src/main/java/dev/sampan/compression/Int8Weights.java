package dev.sampan.compression;

import java.util.Arrays;

/// A matrix of weights in 8 bits: weight ≈ scale · value, value in −127…127 (symmetric, so zero stays zero),
/// scale = largest magnitude / 127 of its row, or of the whole where one scale has to do.
///
/// @param values row by row
/// @param scales one for each row, or one
record Int8Weights(byte[] values, float[] scales) {
    private static final int STEPS = 127;

    /// @param matrix (rows, columns), row by row
    static Int8Weights ofRows(float[] matrix, int rows, boolean perRow) {
        int columns = matrix.length / rows;
        float[] scales = new float[perRow ? rows : 1];
        for (int i = 0; i < matrix.length; i++) {
            int at = perRow ? i / columns : 0;
            scales[at] = Math.max(scales[at], Math.abs(matrix[i]));
        }
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scales[i] == 0 ? 1 : scales[i] / STEPS;
        }
        byte[] values = new byte[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            float scale = scales[perRow ? i / columns : 0];
            values[i] = (byte) Math.clamp((int) Math.rint(matrix[i] / scale), -STEPS, STEPS);
        }
        return new Int8Weights(values, scales);
    }

    /// The same with one scale for each column of a (rows, columns) matrix; the values stay in its order.
    static Int8Weights ofColumns(float[] matrix, int rows, boolean perColumn) {
        int columns = matrix.length / rows;
        Int8Weights turned = ofRows(transposed(matrix, rows), columns, perColumn);
        byte[] values = new byte[matrix.length];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                values[r * columns + c] = turned.values[c * rows + r];
            }
        }
        return new Int8Weights(values, turned.scales);
    }

    /// (rows, columns) → (columns, rows).
    static float[] transposed(float[] matrix, int rows) {
        int columns = matrix.length / rows;
        float[] turned = new float[matrix.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = matrix[r * columns + c];
            }
        }
        return turned;
    }

    @Override
    public String toString() {
        return values.length + " weights, scales " + Arrays.toString(scales);
    }
}
