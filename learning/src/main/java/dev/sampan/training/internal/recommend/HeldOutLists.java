package dev.sampan.training.internal.recommend;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.data.InteractionFeatures;
import dev.sampan.runtime.DeepStack;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What users took that no method has seen, and how well a graph would have offered it: mean nDCG@k over users.
final class HeldOutLists {
    private static final int USERS_OF_A_RUN = 128;

    /// One user.
    ///
    /// @param history things seen while learning
    /// @param taken things held out, ascending
    private record Asked(int[] history, int[] taken) {}

    private final List<Asked> asked = new ArrayList<>();
    private final int items;
    private final int top;

    /// @param heldOut interactions of other rows; users and things that `learnt` does not know are left out
    HeldOutLists(Interactions learnt, Interactions heldOut, int top) {
        this.items = learnt.items().size();
        this.top = top;
        Map<String, Integer> users = numbers(learnt.users());
        Map<String, Integer> things = numbers(learnt.items());
        for (int user = 0; user < heldOut.users().size(); user++) {
            Integer known = users.get(heldOut.users().get(user));
            int[] history = known == null ? new int[0] : learnt.byUser()[known];
            int[] taken = Arrays.stream(heldOut.byUser()[user])
                    .map(item -> things.getOrDefault(heldOut.items().get(item), -1))
                    .filter(item -> item >= 0 && Arrays.binarySearch(history, item) < 0)
                    .sorted()
                    .toArray();
            if (taken.length > 0) {
                asked.add(new Asked(history, taken));
            }
        }
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    double ndcg(ModelProto graph) {
        OrtEnvironment environment = DeepStack.call(RuntimeException.class, OrtEnvironment::getEnvironment);
        byte[] bytes = graph.toByteArray();
        try (OrtSession session = DeepStack.call(OrtException.class, () -> environment.createSession(bytes))) {
            double sum = 0;
            for (int from = 0; from < asked.size(); from += USERS_OF_A_RUN) {
                List<Asked> users = asked.subList(from, Math.min(asked.size(), from + USERS_OF_A_RUN));
                sum += ndcg(environment, session, users);
            }
            return sum / asked.size();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses a recommender's graph", e);
        }
    }

    private double ndcg(OrtEnvironment environment, OrtSession session, List<Asked> users) throws OrtException {
        float[] histories = new float[Math.multiplyExact(users.size(), items)];
        for (int user = 0; user < users.size(); user++) {
            for (int item : users.get(user).history()) {
                histories[user * items + item] = 1;
            }
        }
        long[] shape = {users.size(), items};
        try (OnnxTensor history = OnnxTensor.createTensor(environment, FloatBuffer.wrap(histories), shape);
                OrtSession.Result result = session.run(Map.of(InteractionFeatures.HISTORY, history))) {
            FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] row = new float[items];
            double sum = 0;
            for (Asked user : users) {
                scores.get(row);
                sum += ndcg(row, user);
            }
            return sum;
        }
    }

    /// Σ 1 / log₂(rank + 1) over the hits among the first k, over the most it could be; ranks of equals as if they came
    /// last, so that a method that scores all alike gains nothing.
    private double ndcg(float[] scores, Asked user) {
        for (int item : user.history()) {
            scores[item] = Float.NEGATIVE_INFINITY;
        }
        double gain = 0;
        for (int item : user.taken()) {
            int rank = 0;
            for (int other = 0; other < items && rank <= top; other++) {
                rank += scores[other] >= scores[item] ? 1 : 0;
            }
            gain += rank <= top ? 1 / log2(rank + 1) : 0;
        }
        double best = 0;
        for (int rank = 1; rank <= Math.min(top, user.taken().length); rank++) {
            best += 1 / log2(rank + 1);
        }
        return gain / best;
    }

    private static double log2(int value) {
        return Math.log(value) / Math.log(2);
    }
}
