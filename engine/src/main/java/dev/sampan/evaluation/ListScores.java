package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Lists of items offered to users, beside what each user then took. Users without a taken item are left out:
/// no list can be right for them. Means over users, with the central limit theorem's interval; of relevance yes
/// or no, so (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002) DCG@k = Σ
/// rel(r)/log₂(r+1), nDCG@k that over the best possible; recall@k = hits/taken; precision@k = hits/k; AP@k = Σ
/// precision@r·rel(r) / min(k, taken); MRR the reciprocal rank of the first hit within k.
final class ListScores {
    private final int k;
    private final Mean ndcg = new Mean();
    private final Mean recall = new Mean();
    private final Mean precision = new Mean();
    private final Mean averagePrecision = new Mean();
    private final Mean reciprocalRank = new Mean();
    private final Mean hit = new Mean();
    private final Set<String> offered = new HashSet<>();

    /// @param k length of the lists that is looked at, at least 1
    ListScores(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("lists of " + k);
        }
        this.k = k;
    }

    /// @param list items from the best on, without repetition; those past k are not looked at
    void add(List<String> list, Set<String> taken) {
        if (taken.isEmpty()) {
            return;
        }
        double gain = 0;
        double precisions = 0;
        int hits = 0;
        int first = 0;
        int length = Math.min(k, list.size());
        for (int rank = 1; rank <= length; rank++) {
            String item = list.get(rank - 1);
            offered.add(item);
            if (taken.contains(item)) {
                hits++;
                gain += discount(rank);
                precisions += (double) hits / rank;
                first = first == 0 ? rank : first;
            }
        }
        double best = 0;
        for (int rank = 1; rank <= Math.min(k, taken.size()); rank++) {
            best += discount(rank);
        }
        ndcg.add(gain / best);
        recall.add((double) hits / taken.size());
        precision.add((double) hits / k);
        averagePrecision.add(precisions / Math.min(k, taken.size()));
        reciprocalRank.add(first == 0 ? 0 : 1.0 / first);
        hit.add(hits > 0 ? 1 : 0);
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }

    long users() {
        return hit.rows();
    }

    /// `ndcg`, `recall`, `precision`, `map`, `mrr`, `hit_rate`, all at k, and `coverage`: the share of the
    /// catalogue that stood in some list. Coverage describes these lists and is no mean over users, so it has
    /// no interval.
    ///
    /// @param items in the catalogue
    Map<String, Figure> metrics(long items, Intervals intervals) {
        Map<String, Figure> metrics = new TreeMap<>();
        metrics.put("ndcg", ndcg.share(intervals));
        metrics.put("recall", recall.share(intervals));
        metrics.put("precision", precision.share(intervals));
        metrics.put("map", averagePrecision.share(intervals));
        metrics.put("mrr", reciprocalRank.share(intervals));
        metrics.put("hit_rate", hit.share(intervals));
        if (items > 0) {
            double share = Math.min(1, (double) offered.size() / items);
            metrics.put("coverage", new Figure(share, share, share, items));
        }
        return metrics;
    }
}
