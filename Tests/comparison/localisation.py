#!/usr/bin/env python3
"""Holds the program's smallest sets of wrong cells against those of Statistics Canada's Banff.

    shoubao-accuracy localisation --dump 400 > tables.jsonl
    python3 localisation.py tables.jsonl

Needs the Python package `banff` (3.1; `pip install banff` in an environment of its own). It is no part of the project,
and nothing else needs it. Banff works with real numbers and draws one of the smallest sets by lot; so what is compared
is their size, whether Banff's set is one of ours, and the time for a table.
"""
import json
import sys
import time


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        import banff
        import pandas
    except ImportError:
        print("skipped: the Python package banff is not installed (pip install banff)")
        return
    with open(sys.argv[1], encoding="utf-8") as lines:
        tables = [json.loads(line) for line in lines]
    cells = list(tables[0]["figures"])
    name = {cell: f"c{number:03}" for number, cell in enumerate(cells)}
    edits = " ".join(
        " + ".join(name[c] for c in left) + " = " + " + ".join(name[c] for c in right) + ";"
        for left, right in tables[0]["relations"]
    )
    data = pandas.DataFrame(
        [
            {"table": f"{number:06}", **{name[c]: float(table["figures"][c]) for c in cells}}
            for number, table in enumerate(tables)
        ]
    )
    begun = time.perf_counter()
    job = banff.errorloc(
        indata=data, edits=edits, unit_id="table", cardinality=6, time_per_obs=5, seed=1,
        outstatus="pandas", outreject="pandas", trace=False, capture=None,
    )
    theirs = (time.perf_counter() - begun) / len(tables)
    status = job.outstatus
    column = {c.lower(): c for c in status.columns}
    sets = {}
    for number, field in zip(status[column["table"]], status[column["fieldid"]]):
        sets.setdefault(int(number), set()).add(field)
    smaller = larger = equal = ours_has = other = neither = 0
    for number, table in enumerate(tables):
        found = sets.get(number)
        if found is None or table["fewest"] is None:
            neither += 1
            continue
        if len(found) < table["fewest"]:
            smaller += 1
        elif len(found) > table["fewest"]:
            larger += 1
        else:
            equal += 1
            known = [{name[c] for c in cells} for cells in table["sets"]]
            if found in known:
                ours_has += 1
            elif table["isComplete"]:
                other += 1
                print(f"table {number}: Banff's set is none of ours: {sorted(found)}")
    times = sorted(table["nanoseconds"] / 1000 for table in tables)
    print(f"{len(tables)} tables; not located by one or both: {neither}")
    print(f"size equal {equal}, Banff's smaller {smaller}, ours smaller {larger}")
    print(f"of equal size, Banff's set is among ours {ours_has}, is not {other}")
    print(
        f"time for a table: ours median {times[len(times) // 2]:.0f} µs, longest {times[-1]:.0f} µs; "
        f"Banff {theirs * 1e6:.0f} µs on average"
    )
    sys.exit(1 if smaller or other else 0)


main()
