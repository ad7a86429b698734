package dev.sampan.data;

import java.util.Arrays;

/// The best sequence of tags for the scores of some tokens (Viterbi), and how probable each of its tags is (forward and
/// backward sums). A tag `I-x` stands only behind `B-x` or `I-x`: other ways are never taken, whatever their scores.
/// Without transitions of a random field all allowed ways score alike.
public final class TagPath {
    private final int tags;
    private final double[][] transitions; // (tags + 2, tags + 2), start and end last

    public TagPath(Target.Tags target) {
        tags = target.tags().size();
        int states = tags + 2;
        transitions = new double[states][states];
        float[] learnt = target.transitions();
        for (int from = 0; from < states; from++) {
            for (int to = 0; to < states; to++) {
                boolean allowed = to >= tags
                        || allowed(
                                from < tags ? target.tags().get(from) : "O",
                                target.tags().get(to));
                double score = learnt.length == 0 ? 0 : learnt[from * states + to];
                transitions[from][to] = allowed ? score : Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static boolean allowed(String from, String to) {
        return !to.startsWith("I-") || (!from.equals("O") && from.substring(2).equals(to.substring(2)));
    }

    /// @param scores (tokens, tags), finite
    /// @return the best tags
    public int[] best(float[][] scores) {
        int length = scores.length;
        int[][] cameFrom = new int[length][tags];
        double[] value = first(scores[0]);
        for (int t = 1; t < length; t++) {
            double[] next = new double[tags];
            for (int to = 0; to < tags; to++) {
                int best = 0;
                for (int from = 1; from < tags; from++) {
                    best = value[from] + transitions[from][to] > value[best] + transitions[best][to] ? from : best;
                }
                cameFrom[t][to] = best;
                next[to] = value[best] + transitions[best][to] + scores[t][to];
            }
            value = next;
        }
        int[] path = new int[length];
        for (int tag = 1; tag < tags; tag++) {
            path[length - 1] = ended(value, tag) > ended(value, path[length - 1]) ? tag : path[length - 1];
        }
        for (int t = length - 1; t > 0; t--) {
            path[t - 1] = cameFrom[t][path[t]];
        }
        return path;
    }

    /// @return the probability of each of the path's tags at its token, over all allowed ways
    public double[] probabilities(float[][] scores, int[] path) {
        int length = scores.length;
        double[][] before = new double[length][];
        before[0] = first(scores[0]);
        for (int t = 1; t < length; t++) {
            before[t] = new double[tags];
            for (int to = 0; to < tags; to++) {
                double[] ways = new double[tags];
                for (int from = 0; from < tags; from++) {
                    ways[from] = before[t - 1][from] + transitions[from][to];
                }
                before[t][to] = logSumExp(ways) + scores[t][to];
            }
        }
        double[] after = new double[tags];
        for (int tag = 0; tag < tags; tag++) {
            after[tag] = transitions[tag][tags + 1];
        }
        double[] found = new double[length];
        for (int t = length - 1; t >= 0; t--) {
            double[] both = new double[tags];
            for (int tag = 0; tag < tags; tag++) {
                both[tag] = before[t][tag] + after[tag];
            }
            found[t] = Math.exp(both[path[t]] - logSumExp(both));
            after = t == 0 ? after : backward(after, scores[t]);
        }
        return found;
    }

    private double[] backward(double[] after, float[] scores) {
        double[] earlier = new double[tags];
        for (int from = 0; from < tags; from++) {
            double[] ways = new double[tags];
            for (int to = 0; to < tags; to++) {
                ways[to] = transitions[from][to] + scores[to] + after[to];
            }
            earlier[from] = logSumExp(ways);
        }
        return earlier;
    }

    private double[] first(float[] scores) {
        double[] value = new double[tags];
        for (int tag = 0; tag < tags; tag++) {
            value[tag] = transitions[tags][tag] + scores[tag];
        }
        return value;
    }

    private double ended(double[] value, int tag) {
        return value[tag] + transitions[tag][tags + 1];
    }

    private static double logSumExp(double[] values) {
        double most = Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - most);
        }
        return most + Math.log(sum);
    }
}
