"""The maps of an audit's run dealt to other pictures, to attack the verdicts that rest on them."""

import sqlite3

import numpy as np
from scipy.stats import rankdata

SHUFFLES = 999


def unit(ranks):
    length = np.linalg.norm(ranks)
    return ranks / length if length > 0 else None


def ranks(grid):
    found = rankdata(grid)
    return unit(found - found.mean())


def pictures(run):
    """By pair and class: the ranks of the classifier's map and those of its traits together, of each picture that
    the classifier gets right."""
    tables = sqlite3.connect(f"file:{run}?mode=ro", uri=True)
    rivals = dict(tables.execute(
        "SELECT picture, value FROM numbers WHERE map = 'classifier' AND measure = 'rival'"))
    points = {}
    for number, name, value in tables.execute(
            "SELECT picture, map, value FROM numbers WHERE measure = 'points'"):
        points.setdefault(number, {})[name] = value
    found = {}
    for number, own, taken in tables.execute(
            "SELECT number, class, predicted FROM pictures WHERE failure IS NULL ORDER BY number"):
        if own != taken or number not in rivals or number not in points:
            continue
        maps = {name: ranks(np.frombuffer(grid, "<f2").astype(float)) for name, grid in tables.execute(
            "SELECT name, grid FROM maps WHERE picture = ?", (number,))}
        sides = [[maps[name] for name, value in points[number].items() if (value > 0) == is_own]
                 for is_own in (True, False)]
        traits = unit(sum(sign * np.mean(side, axis=0) for side, sign in zip(sides, (1, -1)) if side))
        if traits is not None and maps["classifier"] is not None:
            pair = frozenset((own, int(rivals[number])))
            found.setdefault(pair, {}).setdefault(own, []).append((maps["classifier"], traits))
    return found


def p_of(tables, random):
    """How often shuffled pictures have as much in common, with a table of correlations for each class."""
    own = sum(np.trace(table) for table in tables)
    as_much = 0
    for _ in range(SHUFFLES):
        orders = [random.permutation(len(table)) for table in tables]
        as_much += sum(table[np.arange(len(order)), order].sum()
                       for table, order in zip(tables, orders)) >= own - 1e-9
    return (1 + as_much) / (1 + SHUFFLES)


def ps(run, seed=0):
    """For each pair the p of its own maps, and that with each map exchanged for that of another picture of the
    class."""
    random = np.random.default_rng(seed)
    found = {}
    for pair, classes in pictures(run).items():
        tables = [np.array([a for a, _ in some]) @ np.array([b for _, b in some]).T
                  for some in classes.values() if len(some) > 1]
        if not tables:
            continue
        others = [np.roll(table, 1 + random.integers(len(table) - 1), axis=0) for table in tables]
        found[pair] = p_of(tables, random), p_of(others, random)
    return found
