package dev.sampan.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Rows a second while a BERT-small learns to classify (32 × 64 tokens a step) or a small GPT-2 to go on (16 × 128),
/// beside the same network from the same weights in PyTorch on as many threads, by turns, each in a process of its own.
/// Arguments: `dropout=0.1`, `bf16`, `rounds=3`, `steps=24`,
/// `threads=2`.
final class TransformerSpeed {
    private static final Path SCRIPT = Path.of("harness", "python", "transformer_torch.py");

    private TransformerSpeed() {}

    /// @param kind `bert` or `gpt`
    static void run(String kind, List<String> arguments) throws Exception {
        String dropout = named("dropout", "0.1", arguments);
        String steps = named("steps", "24", arguments);
        boolean bf16 = arguments.contains("bf16");
        String threads = named("threads", Integer.toString(Runtime.getRuntime().availableProcessors()), arguments);
        Path folder = Files.createTempDirectory("sampan-measure").resolve(kind);
        if (python("--write", folder.toString(), "--kind", kind) != 0) {
            throw new IllegalStateException("the network of both is made by PyTorch: SAMPAN_PYTHON names its Python");
        }
        for (int round = 1; round <= Integer.parseInt(named("rounds", "3", arguments)); round++) {
            ours(folder, threads, steps, dropout, Boolean.toString(bf16));
            List<String> peer = new ArrayList<>(
                    List.of(folder.toString(), "--threads", threads, "--steps", steps, "--dropout", dropout));
            if (bf16) {
                peer.add("--bf16");
            }
            python(peer.toArray(String[]::new));
        }
    }

    private static String named(String name, String usual, List<String> arguments) {
        return arguments.stream()
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst()
                .orElse(usual);
    }

    private static void ours(Path folder, String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                TransformerOnce.class.getName(),
                folder.toString()));
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("the training ended with a failure");
        }
    }

    private static int python(String... arguments) throws IOException, InterruptedException {
        String python = System.getenv().getOrDefault("SAMPAN_PYTHON", "python3");
        List<String> command =
                new ArrayList<>(List.of(python, Measure.root().resolve(SCRIPT).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
