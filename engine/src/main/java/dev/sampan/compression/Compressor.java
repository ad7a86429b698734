package dev.sampan.compression;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compression.Receipt.Outcome;
import dev.sampan.compression.Receipt.Side;
import dev.sampan.data.SampleFeatures;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.CompressStep;
import dev.sampan.spec.CompressStep.Quantize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Makes packages smaller.
public final class Compressor {
    /// Below this share of the graph's bytes a rewriting is not worth its risk.
    private static final double WORTHWHILE = 0.1;

    private static final String WEIGHTS = "model.safetensors";
    private static final int BATCH = 32;

    private final Exam exam;
    private long rows;
    private final Progress progress;
    private final Path scratch;
    private final String cpu = Cpu.describe();

    private Compressor(Exam exam, Path scratch, Progress progress) {
        this.exam = exam;
        this.scratch = scratch;
        this.progress = progress;
    }

    /// A package with its receipts.
    ///
    /// @param model the smaller package; the same content with receipts where there was nothing to gain or the
    ///     gate refused
    public record Compressed(ModelPackage model, List<Receipt> receipts) {
        public Compressed {
            receipts = List.copyOf(receipts);
        }
    }

    /// What one step made.
    private record Made(ModelPackage model, Receipt receipt, Report report) {}

    /// Applies the steps in order; metrics before and after are of the held-out rows, latency of this machine
    /// with one thread. Receipts also stand in the new package's manifest under `receipts`, after those it had,
    /// and the report of the model that is in it under `report`.
    ///
    /// Where the graph shrank, large fp32 weights in `model.safetensors` are left out: they stay with the
    /// package they came from.
    ///
    /// @throws ProblemException `evaluate.no_rows` when nothing is held out, `compress.generator`,
    ///     `output.exists`
    /// @throws CancellationException when the progress is cancelled; nothing is left behind
    public static Compressed compress(
            ModelPackage model,
            HeldOut heldOut,
            List<CompressStep> steps,
            Path target,
            boolean force,
            Progress progress) {
        if (model.features() instanceof SampleFeatures) {
            throw new ProblemException(Problem.of(
                            "compress.generator",
                            "A generator is not made smaller: no held-out row says whether a smaller one is as good")
                    .remedy("Train it with fewer hidden_sizes or channels"));
        }
        try {
            Path scratch = Files.createTempDirectory("sampan-compress");
            try {
                return new Compressor(Exam.of(heldOut, model.manifest()), scratch, progress)
                        .apply(model, steps, target, force);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Compressed apply(ModelPackage model, List<CompressStep> steps, Path target, boolean force)
            throws IOException {
        List<Receipt> receipts = new ArrayList<>();
        Map<String, Object> results = new HashMap<>(model.manifest().results());
        ModelPackage current = model;
        for (CompressStep step : steps) {
            Made made = switch (step) {
                case Quantize quantize -> quantise(current, quantize, scratch.resolve("step" + receipts.size()));
            };
            current = made.model;
            receipts.add(made.receipt);
            results.put("report", Json.MAPPER.convertValue(made.report, Map.class));
        }
        results.put("receipts", all(model.manifest().results().get("receipts"), receipts));
        try (PackageDraft draft = PackageDraft.copyOf(current, target, force)) {
            return new Compressed(draft.commit(with(current.manifest(), results)), receipts);
        }
    }

    private Made quantise(ModelPackage model, Quantize step, Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(model.onnx());
        byte[] small = Int8Graph.quantised(ModelProto.parseFrom(whole), step.perChannel())
                .toByteArray();
        double saved = 1 - (double) small.length / whole.length;
        try (Runtime before = Runtimes.open(model, 1, BATCH)) {
            Report reportBefore = exam.report(model, before, part(0));
            rows = reportBefore.rows();
            if (saved < WORTHWHILE) {
                double micros = Latency.medianMicros(List.of(before), exam.inputs())[0];
                Side side = new Side(whole.length, micros, reportBefore.metrics());
                return new Made(model, Judgement.nothingToGain(step, side, saved, cpu), reportBefore);
            }
            ModelPackage smaller = written(model, small, folder);
            try (Runtime after = Runtimes.open(smaller, 1, BATCH)) {
                Report reportAfter = exam.report(smaller, after, part(1));
                stopIfCancelled();
                double[] micros = Latency.medianMicros(List.of(before, after), exam.inputs());
                Receipt receipt = Judgement.of(
                        step,
                        reportBefore.main(),
                        new Side(whole.length, micros[0], reportBefore.metrics()),
                        new Side(small.length, micros[1], reportAfter.metrics()),
                        cpu);
                return receipt.outcome() == Outcome.SMALLER
                        ? new Made(smaller, receipt, reportAfter)
                        : new Made(model, receipt, reportBefore);
            }
        }
    }

    private static ModelPackage written(ModelPackage model, byte[] onnx, Path folder) throws IOException {
        try (PackageDraft draft = PackageDraft.copyOf(model, folder, false)) {
            Files.write(draft.file("model.onnx"), onnx);
            Path weights = draft.file(WEIGHTS);
            if (Files.exists(weights) && Files.size(weights) > onnx.length / 10) {
                Files.delete(weights);
            }
            return draft.commit(model.manifest());
        }
    }

    private static List<Object> all(@Nullable Object earlier, List<Receipt> receipts) {
        List<Object> all = new ArrayList<>();
        if (earlier instanceof List<?> list) {
            all.addAll(list);
        }
        receipts.forEach(receipt -> all.add(Json.MAPPER.convertValue(receipt, Map.class)));
        return all;
    }

    private static Manifest with(Manifest manifest, Map<String, Object> results) {
        return new Manifest(
                manifest.name(),
                manifest.architecture(),
                manifest.createdAt(),
                manifest.spec(),
                manifest.dataset(),
                manifest.provenance(),
                manifest.labelCounts(),
                manifest.training(),
                manifest.licences(),
                results,
                manifest.files());
    }

    /// Both passes over the held-out rows as one stretch of work, its length known once the first is done.
    private Progress part(int which) {
        return new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {
                progress.at("compress", which * rows + done, 2 * rows * which, note);
            }

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }

    private void stopIfCancelled() {
        if (progress.cancelled()) {
            throw new CancellationException("compression was cancelled");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
