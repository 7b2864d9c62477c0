"""Writes wine.csv, breast_cancer.csv and diabetes.csv from the files of scikit-learn (Debian: python3-sklearn), with names for columns and classes."""
import csv
import pathlib

from sklearn import datasets

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data"


def write(name, data, target, columns, label):
    with open(FOLDER / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*(column.replace(" (", "_").replace(")", "").replace(" ", "_") for column in columns), label])
        for row, value in zip(data, target):
            writer.writerow([*(repr(float(x)).removesuffix(".0") for x in row), value])


for name, load, label in (("wine", datasets.load_wine, "cultivar"), ("breast_cancer", datasets.load_breast_cancer, "diagnosis")):
    bunch = load()
    write(f"{name}.csv", bunch.data, bunch.target_names[bunch.target], bunch.feature_names, label)

bunch = datasets.load_diabetes(scaled=False)
write("diabetes.csv", bunch.data, (int(y) for y in bunch.target), bunch.feature_names, "progression")
