"""Cross-validated scores of scikit-learn's networks with default settings, on raw columns and on standardised ones, into sklearn.csv.

The folds are those of the sample: of each class (of all rows, where there are none) the k-th row in the order of the file is tested in fold k mod 5.
"""
import csv
import pathlib
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, r2_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDER = pathlib.Path(__file__).resolve().parent.parent
FOLDS = 5
SEEDS = range(5)

warnings.filterwarnings("ignore")  # 200 iterations, the default, are not always enough to converge


def folds(labels):
    seen = {}
    fold = np.empty(len(labels), dtype=int)
    for i, label in enumerate(labels):
        fold[i] = seen.get(label, 0) % FOLDS
        seen[label] = seen.get(label, 0) + 1
    return fold


def scores(name, model, score, is_class):
    with open(FOLDER / "data" / f"{name}.csv") as file:
        rows = list(csv.reader(file))[1:]
    x = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    y = np.array([row[-1] for row in rows]) if is_class else np.array([float(row[-1]) for row in rows])
    fold = folds(y if is_class else [0] * len(y))
    for scaled in (False, True):
        found = []
        for seed in SEEDS:
            for k in range(FOLDS):
                network = model(random_state=seed)
                network = make_pipeline(StandardScaler(), network) if scaled else network
                network.fit(x[fold != k], y[fold != k])
                found.append(score(y[fold == k], network.predict(x[fold == k])))
        yield name, "standardised" if scaled else "raw", f"{np.mean(found):.4f}"


with open(FOLDER / "peer" / "sklearn.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["data", "columns", "score"])
    for row in (*scores("wine", MLPClassifier, accuracy_score, True), *scores("breast_cancer", MLPClassifier, accuracy_score, True), *scores("diabetes", MLPRegressor, r2_score, False)):
        writer.writerow(row)
        print(*row)
