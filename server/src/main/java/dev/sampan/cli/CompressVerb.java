package dev.sampan.cli;

import dev.sampan.compression.Compressor;
import dev.sampan.compression.Compressor.Compressed;
import dev.sampan.compression.HeldOut;
import dev.sampan.compression.Receipt;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.CompressStep;
import dev.sampan.studio.StageProgress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a package smaller, measured on rows whose labels are known, and prints the receipt.
@Command(name = "compress", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class CompressVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @Option(names = "--max-relative-drop", defaultValue = "0.01", descriptionKey = "option.drop")
    private double maxRelativeDrop = 0.01;

    @Override
    void work(StageProgress progress) {
        requireWithin("--max-relative-drop", maxRelativeDrop, 0, 1);
        output.check();
        ModelPackage model = file.model();
        Compressed compressed = Compressor.compress(
                model,
                new HeldOut(file.labelColumn(model), () -> file.rows(model)),
                List.of(new CompressStep.Quantize(true, maxRelativeDrop)),
                output.path(),
                output.force(),
                progress);
        if (json()) {
            printJson(Map.of("output", output.path().toString(), "receipts", compressed.receipts()));
        } else {
            compressed.receipts().forEach(CompressVerb::print);
        }
    }

    private static void print(Receipt receipt) {
        System.out.println(receipt.sentence());
        System.out.println(String.format(
                Locale.ROOT,
                "  %,d → %,d bytes   %.0f → %.0f µs   %s",
                receipt.before().modelBytes(),
                receipt.after().modelBytes(),
                receipt.before().medianMicros(),
                receipt.after().medianMicros(),
                receipt.cpu()));
    }
}
