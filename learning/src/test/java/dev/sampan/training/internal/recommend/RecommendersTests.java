package dev.sampan.training.internal.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.compute.Lanes;
import dev.sampan.data.Target;
import dev.sampan.runtime.DeepStack;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two tastes: users of even number take things of even number, the others the others.
class RecommendersTests {
    private static final int USERS = 60;
    private static final int ITEMS = 20;

    private final Interactions tastes = tastes(7);

    private static Interactions tastes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] byUser = new int[USERS][];
        for (int user = 0; user < USERS; user++) {
            int taste = user % 2;
            byUser[user] = IntStream.range(0, ITEMS)
                    .filter(item -> item % 2 == taste ? random.nextInt(3) > 0 : random.nextInt(12) == 0)
                    .toArray();
        }
        return new Interactions(names("user", USERS), names("item", ITEMS), byUser);
    }

    private static List<String> names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + i).toList();
    }

    private static float[] scores(Scorer scorer, Interactions interactions, boolean excludeSeen, int... history) {
        int items = interactions.items().size();
        float[][] row = new float[1][items];
        for (int item : history) {
            row[0][item] = 1;
        }
        byte[] graph = Graphs.of(scorer, interactions.counts(), excludeSeen).toByteArray();
        OrtEnvironment environment = DeepStack.call(RuntimeException.class, OrtEnvironment::getEnvironment);
        try (OrtSession session = environment.createSession(graph);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, row);
                OrtSession.Result result = session.run(Map.of("history", tensor))) {
            return ((float[][]) result.get(0).getValue())[0];
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int best(float[] scores) {
        return IntStream.range(0, scores.length)
                .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                .orElseThrow();
    }

    private void followsTaste(Scorer scorer) {
        assertThat(best(scores(scorer, tastes, true, 0, 2, 4)) % 2).isEqualTo(0);
        assertThat(best(scores(scorer, tastes, true, 1, 3, 5)) % 2).isEqualTo(1);
    }

    @Test
    void everyMethodThatLooksAtHistoriesFollowsTheTasteOfAUserItHasNeverSeen() {
        followsTaste(new ItemOnItem(tastes).ease(10));
        followsTaste(new ItemOnItem(tastes).nearest(5));
        try (Lanes lanes = new Lanes(1)) {
            followsTaste(new ImplicitLeastSquares(tastes, 4, 5, 1, lanes).fit(10, 1, () -> false));
        }
        followsTaste(new PairwiseRanking(tastes, 8, 0.1, 1e-4).fit(50, 1, () -> false));
    }

    /// Steck's closed form, by hand: two things shared by 2 of 3 and 2 users, λ = 1.
    @Test
    void easeIsTheClosedForm() {
        Interactions few = new Interactions(names("u", 3), names("i", 2), new int[][] {{0, 1}, {0, 1}, {0}});
        // G + λI = [[4, 2], [2, 3]], its inverse [[3, −2], [−2, 4]] / 8, so B01 = 2/4 and B10 = 2/3
        float[] weights = ((Scorer.Linear) new ItemOnItem(few).ease(1)).weights();
        assertThat(weights).containsExactly(new float[] {0, 0.5f, 2f / 3, 0}, within(1e-6f));
    }

    @Test
    void cosineOfTwoThingsIsTheirSharedUsersOverTheRootOfTheProduct() {
        Interactions few = new Interactions(names("u", 3), names("i", 2), new int[][] {{0, 1}, {0, 1}, {0}});
        float[] weights = ((Scorer.Linear) new ItemOnItem(few).nearest(1)).weights();
        float cosine = (float) (2 / Math.sqrt(3 * 2));
        assertThat(weights).containsExactly(new float[] {0, cosine, cosine, 0}, within(1e-6f));
    }

    /// The graph's steps of conjugate gradients against a direct solution.
    @Test
    void leastSquaresInTheGraphSolveWhatTheyShould() {
        int width = 3;
        Scorer.LeastSquares fitted;
        try (Lanes lanes = new Lanes(1)) {
            fitted = (Scorer.LeastSquares) new ImplicitLeastSquares(tastes, width, 5, 1, lanes).fit(5, 3, () -> false);
        }
        int[] history = {0, 2, 7};
        double[] matrix = new double[width * width];
        Arrays.setAll(matrix, i -> fitted.square()[i]);
        double[] user = new double[width];
        for (int item : history) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    matrix[a * width + b] += 5.0 * fitted.q()[item * width + a] * fitted.q()[item * width + b];
                }
                user[a] += 6.0 * fitted.q()[item * width + a];
            }
        }
        Cholesky.solve(matrix, user, width);
        float[] scores = scores(fitted, tastes, false, history);
        for (int item = 0; item < ITEMS; item++) {
            double expected = 0;
            for (int k = 0; k < width; k++) {
                expected += user[k] * fitted.q()[item * width + k];
            }
            assertThat(scores[item]).isEqualTo((float) expected, within(1e-4f));
        }
    }

    @Test
    void whoHasNoHistoryGetsWhatIsPopular() {
        float[] scores = scores(new ItemOnItem(tastes).ease(10), tastes, true);
        assertThat(scores).containsExactly(tastes.counts());
    }

    @Test
    void whatWasHadIsNotOfferedAgainUnlessItIsWanted() {
        Scorer ease = new ItemOnItem(tastes).ease(10);
        assertThat(scores(ease, tastes, true, 4)[4]).isEqualTo(Target.Items.NEVER);
        assertThat(scores(ease, tastes, false, 4)[4]).isGreaterThan(-1f);
    }

    @Test
    void heldOutListsGainNothingFromScoresThatAreAllAlike() {
        Interactions heldOut = new Interactions(
                List.of("user0", "stranger"), List.of("item1", "item9", "unknown"), new int[][] {{0, 1, 2}, {0}});
        HeldOutLists lists = new HeldOutLists(tastes, heldOut, 5);
        assertThat(lists.ndcg(Graphs.of(new Scorer.Constant(new float[ITEMS]), new float[ITEMS], true)))
                .isZero();
        float[] right = new float[ITEMS];
        right[1] = 2;
        right[9] = 1;
        assertThat(lists.ndcg(Graphs.of(new Scorer.Constant(right), right, true)))
                .isEqualTo(1, within(1e-9));
    }
}
