"""Writes engine/src/test/resources/golden/classification-metrics.json: figures of scikit-learn 1.9.1, for scores with
ties and for a class without rows. Scores are whole parts of a power of two, so that they are exact in every float.

    pip install scikit-learn && python harness/python/classification_metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
import scipy.stats
import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
cases = []


def case(name, rows, classes, present, parts):
    raw = rng.dirichlet(np.ones(classes) * 0.7, size=rows)
    truth = rng.choice(present, size=rows)
    for i in range(rows):
        if rng.random() < 0.6:
            raw[i, truth[i]] += rng.random() * 1.5
    raw /= raw.sum(1, keepdims=True)
    whole = np.floor(raw * parts).astype(int)
    for i in range(rows):
        whole[i, np.argmax(raw[i])] += parts - whole[i].sum()
    scores = whole / parts
    answer = np.argmax(scores, 1)  # the first of equals
    majority = int(np.bincount(truth).argmax())
    certain = np.zeros((rows, classes))
    certain[:, majority] = 1

    auc = [None] * classes
    for c in range(classes):
        if 0 < (truth == c).sum() < rows:
            auc[c] = metrics.roc_auc_score((truth == c).astype(int), scores[:, c])
    figures = figures_of(truth, answer, scores, classes)
    baseline = figures_of(truth, np.full(rows, majority), certain, classes)
    if classes == 2:
        figures["roc_auc"] = auc[1]
        baseline["roc_auc"] = 0.5
    else:
        figures["roc_auc_ovr"] = float(np.mean([a for a in auc if a is not None]))
        baseline["roc_auc_ovr"] = 0.5
        if None not in auc:
            assert abs(figures["roc_auc_ovr"] - metrics.roc_auc_score(truth, scores, multi_class="ovr")) < 1e-12
    labels = list(range(classes))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, answer, labels=labels, zero_division=0
    )
    cases.append({
        "name": name, "classes": classes, "parts": parts, "truth": truth.tolist(), "scores": whole.tolist(),
        "majority": majority, "metrics": figures, "baseline": baseline, "precision": precision.tolist(),
        "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(), "auc": auc,
        "confusion": metrics.confusion_matrix(truth, answer, labels=labels).tolist(),
    })


def figures_of(truth, answer, scores, classes):
    mean = {"average": "macro", "zero_division": 0}
    return {
        "accuracy": metrics.accuracy_score(truth, answer),
        "precision_macro": metrics.precision_score(truth, answer, **mean),
        "recall_macro": metrics.recall_score(truth, answer, **mean),
        "f1_macro": metrics.f1_score(truth, answer, **mean),
        "f1_weighted": metrics.f1_score(truth, answer, average="weighted", zero_division=0),
        "log_loss": metrics.log_loss(truth, scores, labels=list(range(classes))),
    }


case("five classes with ties", 160, 5, [0, 1, 2, 3, 4], 64)
case("a class nobody has", 90, 4, [0, 1, 3], 16)
case("two classes", 120, 2, [0, 1], 32)

# DeLong's variance of the two-class case, by its structural components.
truth = np.array(cases[2]["truth"])
scores = np.array(cases[2]["scores"])[:, 1]
positive, negative = scores[truth == 1], scores[truth == 0]
beats = (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])
cases[2]["delong"] = float(beats.mean(1).var() / len(positive) + beats.mean(0).var() / len(negative))

golden = {
    "source": "scikit-learn " + sklearn.__version__,
    "quantiles": {str(p): float(scipy.stats.norm.ppf(p)) for p in (0.75, 0.95, 0.975, 0.995, 0.9995)},
    "cases": cases,
}
root = pathlib.Path(__file__).resolve().parents[2]
target = root / "engine/src/test/resources/golden/classification-metrics.json"
target.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
