package dev.sampan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.model.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTests {
    /// Written by Python's safetensors 0.6 from the tensors of the test below.
    private static final String BY_PYTHON =
            "0AAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJhIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUi"
                    + "OlsxLDJdLCJkYXRhX29mZnNldHMiOlswLDhdfSwiYiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbM10sImRhdGFf"
                    + "b2Zmc2V0cyI6WzgsMjBdfSwi5aS0LndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbXSwiZGF0YV9vZmZz"
                    + "ZXRzIjpbMjAsMjRdfX0gICAgAADAPwAAAMAAAAAAAACAPwAAAEAAAOBA";

    @TempDir
    Path folder;

    @Test
    void writesTheBytesThatPythonWritesAndReadsThemBack() throws IOException {
        Map<String, Tensor> tensors = Map.of(
                "a", new Tensor(new long[] {1, 2}, new float[] {1.5f, -2}),
                "b", new Tensor(new long[] {3}, new float[] {0, 1, 2}),
                "头.weight", new Tensor(new long[] {}, new float[] {7}));
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, tensors, Map.of("format", "pt"));

        assertThat(Base64.getEncoder().encodeToString(Files.readAllBytes(file))).isEqualTo(BY_PYTHON);
        assertThat(Safetensors.read(file)).usingRecursiveComparison().isEqualTo(tensors);
    }

    @Test
    void readsLargeTensorsInPieces() {
        float[] values = new float[100_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 7f;
        }
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, Map.of("w", new Tensor(new long[] {values.length}, values)), Map.of());

        assertThat(Safetensors.read(file).get("w"))
                .isNotNull()
                .extracting(Tensor::values)
                .isEqualTo(values);
    }

    @Test
    void readsBothSixteenBitFloats() throws IOException {
        short[] data = {Float.floatToFloat16(1.5f), Float.floatToFloat16(-65504), (short) 0x3fc0, (short) 0xc000};

        assertThat(Safetensors.read(aFile("""
                        {"half":{"dtype":"F16","shape":[2],"@":[0,4]},
                         "brain":{"dtype":"BF16","shape":[2],"@":[4,8]}}""", data)))
                .usingRecursiveComparison()
                .isEqualTo(Map.of(
                        "half", new Tensor(new long[] {2}, new float[] {1.5f, -65504}),
                        "brain", new Tensor(new long[] {2}, new float[] {1.5f, -2})));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{"dtype":"F16","shape":[3],"@":[0,8]}} | another size
            {"a":{"dtype":"F16","shape":[4],"@":[2,10]}} | gap
            {"a":{"dtype":"F16","shape":[2],"@":[0,4]}} | end at
            {"a":{"dtype":"F16","shape":[4],"@":[0,8]},"b":{"dtype":"F16","shape":[1],"@":[6,8]}} | overlaps
            {"a":{"dtype":"F17","shape":[4],"@":[0,8]}} | 'F17'
            {"a":{"dtype":"F16","shape":[4294967296,4294967296],"@":[0,0]}} | too large
            {"a":{"dtype":"F16","shape":[-4],"@":[0,-8]}} | no size
            {"a":{"dtype":"I16","shape":[4],"@":[0,8]}} | reads F32
            {"a":{"dtype":"F16","shape":[4],"@":[0,8]},"a":{"dtype":"F16","shape":[4],"@":[0,8]}} | not JSON
            [1] | object
            """)
    void refusesAHeaderThatDoesNotFitItsFile(String header, String why) throws IOException {
        Path file = aFile(header, new short[4]);

        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessageContaining(why)
                .hasMessageContaining("t.safetensors");
    }

    @Test
    void refusesAHeaderLongerThanTheFile() throws IOException {
        Path file = folder.resolve("long.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(1L << 40)
                        .array());

        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("1099511627776");
    }

    /// @param header in which `@` stands for `data_offsets`, for short lines
    private Path aFile(String header, short[] data) throws IOException {
        byte[] json = header.replace("@", "data_offsets").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + 2 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).asShortBuffer().put(data);
        return Files.write(folder.resolve("t.safetensors"), bytes.array());
    }
}
