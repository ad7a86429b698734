package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import java.util.ArrayList;
import java.util.List;

/// Pictures some rows have none of. Beside the pixels the graph reads `<tensor>_present`, (batch, 1) FLOAT: 1 where
/// there is a picture, 0 where the value is empty and its pixels are 0.
public record OptionalImageColumn(ImageColumn image) implements FittedColumn.Own {
    @Override
    public String name() {
        return image.name();
    }

    public String present() {
        return image.tensor() + "_present";
    }

    @Override
    public List<Declared> tensors() {
        List<Declared> tensors = new ArrayList<>(image.tensors());
        tensors.add(new Declared(present(), Type.FLOAT, List.of(-1L, 1L)));
        return tensors;
    }

    @Override
    public List<Values> encode(List<String> values) {
        int size = image.frame().size();
        float[] pixels = new float[Math.multiplyExact(values.size(), size)];
        float[] present = new float[values.size()];
        for (int row = 0; row < values.size(); row++) {
            if (!values.get(row).isBlank()) {
                image.fill(image.framed(values.get(row)).pixels(), pixels, row * size);
                present[row] = 1;
            }
        }
        return values(pixels, present);
    }

    /// @param pixels standardised, (rows, channels, height, width)
    /// @param present of each row, 1 or 0
    public List<Values> values(float[] pixels, float[] present) {
        int rows = present.length;
        Floats pictures = new Floats(
                pixels,
                rows,
                image.frame().channels(),
                image.frame().height(),
                image.frame().width());
        return List.of(pictures, new Floats(present, rows, 1));
    }

    @Override
    public String example() {
        return image.example();
    }
}
