package dev.sampan.runtime.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Features;
import dev.sampan.data.FusedPart;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.Target;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.DeepStack;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/// One model on ONNX Runtime, in this process. Calls share the session, which is safe for many threads; a call holds
/// the read lock, so that `close`, which takes the write lock, waits for it.
public final class OnnxSession implements Runtime {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Features features;
    private final String output;
    private final List<String> parts;
    private final Set<String> outputs;
    private final int batchMax;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxSession(OrtEnvironment environment, OrtSession session, Features features, int batchMax) {
        this.environment = environment;
        this.session = session;
        this.features = features;
        this.output = GraphAnswers.output(features.target());
        this.parts = features instanceof ColumnFeatures columns
                ? FusedPart.of(columns).stream().map(FusedPart::name).toList()
                : List.of();
        this.outputs = parts.isEmpty() ? Set.of(output) : Set.of(output, FusedPart.SHARES);
        this.batchMax = batchMax;
    }

    public static OnnxSession open(ModelPackage model, int threads, int batchMax) {
        OrtEnvironment environment = DeepStack.call(RuntimeException.class, OrtEnvironment::getEnvironment);
        try (OrtSession.SessionOptions options = options(threads)) {
            OrtSession session = DeepStack.call(
                    OrtException.class,
                    () -> environment.createSession(model.onnx().toString(), options));
            return new OnnxSession(environment, session, model.features(), batchMax);
        } catch (OrtException e) {
            throw new ProblemException(
                    Problem.of("runtime.refused", "ONNX Runtime cannot load the graph: " + firstLine(e) + ".")
                            .at(model.onnx().toString()),
                    e);
        }
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Idle threads sleep: many models share a machine, and a spinning one takes the others' processor.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        // Both plan memory for one shape, which texts of all lengths defeat: they would only keep the largest.
        options.setMemoryPatternOptimization(false);
        options.setCPUArenaAllocator(false);
        return options;
    }

    @Override
    public Target target() {
        return features.target();
    }

    @Override
    public List<String> inputs() {
        return features.inputs();
    }

    @Override
    public List<String> optionalInputs() {
        return features.optionalInputs();
    }

    @Override
    public Map<String, String> example() {
        return features.example();
    }

    @Override
    public List<Prediction> predict(List<Map<String, String>> inputs) {
        List<Map<String, String>> named = InputNames.named(features, inputs);
        Prediction[] answers = new Prediction[named.size()];
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the runtime is closed");
            }
            List<Integer> order = IntStream.range(0, named.size())
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> features.cost(named.get(i))))
                    .toList();
            for (int from = 0; from < order.size(); from += batchMax) {
                List<Integer> rows = order.subList(from, Math.min(from + batchMax, order.size()));
                List<Map<String, String>> batch = rows.stream().map(named::get).toList();
                List<Prediction> answered = run(batch);
                for (int i = 0; i < rows.size(); i++) {
                    answers[rows.get(i)] = answered.get(i);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return List.of(answers);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close a session", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private List<Prediction> run(List<Map<String, String>> rows) {
        NamedTensors batch = features.encode(rows);
        try (GraphInputs inputs = GraphInputs.of(environment, batch);
                OrtSession.Result result = session.run(inputs.byName(), outputs)) {
            List<Prediction> answers = GraphAnswers.of(features, rows, floats(result, output));
            return parts.isEmpty()
                    ? answers
                    : GraphAnswers.withShares(answers, parts, floats(result, FusedPart.SHARES));
        } catch (OrtException e) {
            throw new ProblemException(
                    Problem.of("runtime.failed", "The model could not answer: " + firstLine(e) + "."), e);
        }
    }

    private static FloatBuffer floats(OrtSession.Result result, String name) {
        return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
