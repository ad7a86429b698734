"""A table made ready for training by pandas or by DuckDB: a CSV file read with types, rows without a label dropped, a
stratified split of 80/10/10, three JSONL files. Prints one JSON line: rows, CPU seconds, peak memory, version.

python preparation.py rows.csv FOLDER pandas|duckdb
"""
import json
import pathlib
import resource
import sys

SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}
table, folder, tool = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
folder.mkdir(parents=True, exist_ok=True)


def with_pandas():
    import numpy
    import pandas

    rows = pandas.read_csv(
        table,
        dtype={"amount": "float64", "age": "float64", "channel": "str", "street": "str", "label": "str"},
        parse_dates=["since"],
        date_format="%Y-%m-%d")
    rows = rows.dropna(subset=["label"])
    # Rank of each row among the shuffled rows of its label, as a share of them.
    shuffled = rows.sample(frac=1, random_state=1)
    by_label = shuffled.groupby("label", sort=False)["label"]
    share = (by_label.cumcount() / by_label.transform("size")).reindex(rows.index)
    side = numpy.select([share < 0.8, share < 0.9], ["train", "validation"], "test")
    counts = {}
    for split in SHARES:
        chosen = rows[side == split]
        chosen.to_json(folder / f"{split}.jsonl", orient="records", lines=True, date_format="iso", date_unit="s")
        counts[split] = len(chosen)
    return counts, "pandas " + pandas.__version__


def with_duckdb():
    import duckdb

    base = duckdb.connect(str(folder / "work.duckdb"))
    base.execute(f"""
        CREATE TABLE dealt AS
        SELECT *, (row_number() OVER (PARTITION BY label ORDER BY lot) - 1) / count(*) OVER (PARTITION BY label) AS share
        FROM (SELECT *, hash(1, row_number() OVER ()) AS lot
              FROM read_csv('{table}', header = true, columns = {{
                  'amount': 'DOUBLE', 'age': 'DOUBLE', 'channel': 'VARCHAR', 'street': 'VARCHAR', 'since': 'DATE',
                  'label': 'VARCHAR'}}))
        WHERE label IS NOT NULL""")
    counts, low = {}, 0.0
    for split, share in SHARES.items():
        high = 2.0 if split == "test" else round(low + share, 1)
        counts[split] = base.execute(f"""
            COPY (SELECT * EXCLUDE (lot, share) FROM dealt WHERE share >= {low} AND share < {high})
            TO '{folder}/{split}.jsonl' (FORMAT json)""").fetchone()[0]
        low = high
    return counts, "DuckDB " + duckdb.__version__


rows, version = with_pandas() if tool == "pandas" else with_duckdb()
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "rows": rows,
    "cpu_seconds": used.ru_utime + used.ru_stime,
    "peak_mb": used.ru_maxrss / 1024,
    "version": version}))
