#!/usr/bin/env python3
"""recompute.py RUN: computes the figures of a run of fimi anew from its CSV files, and compares.

RUN is an output directory of `fimi analyze`, `scan` or `demo` (all relations, without --csv-raw). Needs the standard library alone.
What is computed, each by its definition in docs/method.md:

  shares.csv        articles, matched articles, days, both shares and overlap, by relation and window
  outlet_pairs.csv  shares, common days, counts of edges, reciprocity, quantiles of the lags,
                    expected narratives, effect, p and q
  series.csv        articles, matched articles and edges by day, week and month

Prints how many figures were compared and each that differs, and ends with 1 if one does. Intervals are drawn by chance and
are not computed; lags in edges.csv are rounded, so that a quantile may differ by .1 minute.
"""
import csv
import functools
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone

DIRECTED = ("E1", "E2", "E3")
RELATIONS = ("any", "verbatim", "near_duplicate", "partial", "narrative", "translation", "event")
WINDOWS = (1, 3, None)


def table(run, name):
    with open(run / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def instant(cell):
    return datetime.strptime(cell, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc) if cell else None


class Run:
    """The tables of a run, and what several figures need."""

    def __init__(self, run):
        self.settings = json.loads((run / "run.json").read_text(encoding="utf-8"))
        self.articles = {row["article"]: row for row in table(run, "articles.csv")}
        self.matches = table(run, "matches.csv")
        self.edges = [row for row in table(run, "edges.csv") if row["reported"] == "true"]
        self.pairs = table(run, "outlet_pairs.csv")
        self.shares = table(run, "shares.csv")
        self.series = table(run, "series.csv")
        self.strata = table(run, "pair_strata.csv")
        self.outlets = {row["Id"]: row for row in table(run, "graph_nodes.csv")}
        self.gaps = {(row["outlet"], date.fromisoformat(row["day"])) for row in table(run, "coverage_gaps.csv")}
        for article in self.articles.values():
            times = [t for t in (instant(article["published"]), instant(article["first_seen"])) if t]
            article["at"] = min(times)
            article["day"] = date.fromisoformat(article["day"])
        self.published = Counter(article["outlet"] for article in self.reported())
        # An outlet is present in a language from its first to its last article in it.
        self.span = {}
        for article in self.reported():
            key, day = (article["outlet"], article["language"]), article["day"]
            first, last = self.span.get(key, (day, day))
            self.span[key] = (min(first, day), max(last, day))

    def reported(self):
        return (article for article in self.articles.values() if article["reported"] == "true")

    def present(self, outlet, language, day):
        first, last = self.span.get((outlet, language), (None, None))
        return first is not None and first <= day <= last and (outlet, day) not in self.gaps

    def comparable(self, article, other):
        return all(self.present(o, article["language"], article["day"]) for o in (article["outlet"], other))

    @functools.cache
    def comparable_articles(self, own, other):
        """Number of articles of an outlet that can be compared with another one."""
        return sum(self.comparable(article, other) for article in self.reported() if article["outlet"] == own)

    def is_baseline(self, outlet):
        known = self.outlets[outlet]
        return known["role"] == "control" or (known["role"] == "wire" and not known["state"])


def counts(match):
    """Whether a match counts in the shares."""
    whole = match["relation"] in ("verbatim", "near_duplicate")
    return (
        match["relation"] in ("narrative", "translation", "event")
        or bool(match["lexical"] or match["semantic"])
        or (whole and match["passages"] == "0")
        or int(match["own_words"] or 0) > 0
    )


def sides(run):
    """Matched articles: {(a, b): {article id: {(relation, window)}}}."""
    found = defaultdict(lambda: defaultdict(set))
    for match in run.matches:
        if match["outlet_a"] == match["outlet_b"] or not counts(match):
            continue
        one, other = run.articles[match["article_a"]], run.articles[match["article_b"]]
        lag = abs(other["at"] - one["at"])
        rows = {
            (relation, window)
            for relation in ("any", match["relation"])
            for window in WINDOWS
            if window is None or lag <= timedelta(days=window)
        }
        for own, partner in ((one, other), (other, one)):
            if own["reported"] == "true" and run.comparable(own, partner["outlet"]):
                pair = tuple(sorted((own["outlet"], partner["outlet"])))
                found[pair][own["article"]] |= rows
    return found


def ratio(part, whole):
    return part / whole if whole else None


def quantile(values, q):
    place = q * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def convolved(one, other):
    """The distribution of the sum of two independent numbers, each a list of masses from a least value on."""
    (least, mass), (least2, mass2) = one, other
    total = [0.0] * (len(mass) + len(mass2) - 1)
    for i, p in enumerate(mass):
        for j, q in enumerate(mass2):
            total[i + j] += p * q
    return trimmed(least + least2, total)


def trimmed(least, mass):
    """Without tails of less than 1e-15."""

    def tail(masses):
        cut, n = 0.0, 0
        for p in masses:
            cut += p
            if cut >= 1e-15:
                return n
            n += 1
        return n

    high = tail(reversed(mass))
    mass = mass[: max(len(mass) - high, 1)]
    low = min(tail(mass), len(mass) - 1)
    return least + low, mass[low:]


def pair_test(strata):
    """Expected value and p of one pair, from its strata."""
    null, observed, least, most = (0, [1.0]), 0, 0, 0
    for rows in strata.values():
        first = int(rows[0]["shared"])
        mass = [0.0] * (int(rows[-1]["shared"]) - first + 1)
        drawn = sum(int(row["tables"]) for row in rows)
        for row in rows:
            mass[int(row["shared"]) - first] = int(row["tables"]) / drawn
        null = convolved(null, trimmed(first, mass))
        observed += int(rows[0]["observed"])
        least += int(rows[0]["least"])
        most += int(rows[0]["most"])
    start, mass = null
    mean = start + sum(i * p for i, p in enumerate(mass))
    variance = sum((start + i - mean) ** 2 * p for i, p in enumerate(mass))
    end = start + len(mass) - 1
    logs = {}
    for value in range(min(least, start), max(most, end) + 1):
        if start <= value <= end:
            logs[value] = math.log(mass[value - start]) if mass[value - start] > 0 else -math.inf
        elif variance > 0:
            # Beyond what was drawn: a normal variable, never above the nearest value that was.
            edge = mass[0] if value < start else mass[-1]
            normal = -((value - mean) ** 2) / (2 * variance) - 0.5 * math.log(math.tau * variance)
            logs[value] = min(normal, math.log(edge))
        else:
            logs[value] = -math.inf
    weights = {value: math.exp(log) for value, log in logs.items()}
    upper = sum(w * (1 if v > observed else 0.5 if v == observed else 0) for v, w in weights.items())
    return observed, mean, max(upper / sum(weights.values()), 1e-12)


def false_discovery_rates(p, weights):
    """Benjamini-Hochberg with weights; never below p."""
    mean = sum(weights) / max(len(weights), 1)
    weighted = [min(value * mean / weight, 1.0) for value, weight in zip(p, weights)]
    order = sorted(range(len(p)), key=lambda i: -weighted[i])
    q, least = [1.0] * len(p), 1.0
    for rank, i in zip(range(len(p), 0, -1), order):
        least = min(least, weighted[i] * len(p) / rank)
        q[i] = least
    return [max(a, b) for a, b in zip(q, p)]


class Comparison:
    """Compares figures with cells, and counts."""

    def __init__(self):
        self.compared = Counter()
        self.different = []

    def check(self, file, key, column, cell, value, places=None, slack=0.0):
        self.compared[file] += 1
        if value is None or cell == "":
            same = value is None and cell == ""
        elif places is None:
            same = cell == str(value)
        elif places == "p":
            shown = f"{value:.2e}" if 0 < value < 1e-4 else f"{value:.4f}"
            digit = abs(float(cell)) * 1e-2 if "e" in cell else 1e-4
            same = float(cell) == float(shown) or abs(float(cell) - value) <= digit * 0.5000001
        else:
            same = abs(float(cell) - value) <= 0.5000001 * 10**-places + slack
        if not same:
            self.different.append(f"{file} {key} {column}: {cell!r} there, {value!r} computed")


def check_shares(run, found, to):
    for row in run.shares:
        pair = (row["outlet_a"], row["outlet_b"])
        window = int(row["window_days"]) if row["window_days"] else None
        shares = []
        for side, (own, other) in zip("ab", (pair, pair[::-1])):
            articles = run.comparable_articles(own, other)
            ids = [i for i, rows in found[pair].items() if run.articles[i]["outlet"] == own and (row["relation"], window) in rows]
            key = (*pair, row["relation"], row["window_days"])
            to.check("shares.csv", key, f"articles_{side}", row[f"articles_{side}"], articles)
            to.check("shares.csv", key, f"matched_{side}", row[f"matched_{side}"], len(ids))
            days = len({run.articles[i]["day"] for i in ids})
            to.check("shares.csv", key, f"days_{side}", row[f"days_{side}"], days)
            shares.append(len(ids) / max(articles, 1))
            to.check("shares.csv", key, f"share_{side}", row[f"share_{side}"], shares[-1], 4)
        to.check("shares.csv", key, "overlap", row["overlap"], math.sqrt(shares[0] * shares[1]), 4)


def common_days(run, a, b):
    days = set()
    for (outlet, language), (first, last) in run.span.items():
        if outlet != a or (b, language) not in run.span:
            continue
        first2, last2 = run.span[b, language]
        day = max(first, first2)
        while day <= min(last, last2):
            days.add(day)
            day += timedelta(days=1)
    return sum((a, day) not in run.gaps and (b, day) not in run.gaps for day in days)


def check_pairs(run, found, to):
    name = "outlet_pairs.csv"
    strata = defaultdict(lambda: defaultdict(list))
    for row in run.strata:
        strata[row["outlet_a"], row["outlet_b"]][int(row["stratum"])].append(row)
    tested = []
    for row in run.pairs:
        a, b = pair = (row["outlet_a"], row["outlet_b"])
        shares = []
        for side, (own, other) in zip("ab", (pair, pair[::-1])):
            to.check(name, pair, f"articles_{side}", row[f"articles_{side}"], run.published[own])
            matched = sum(run.articles[i]["outlet"] == own for i in found[pair])
            shares.append(ratio(matched, run.comparable_articles(own, other)))
            to.check(name, pair, f"share_{side}", row[f"share_{side}"], shares[-1], 4)
        overlap = None if None in shares else math.sqrt(shares[0] * shares[1])
        to.check(name, pair, "overlap", row["overlap"], overlap, 4)
        to.check(name, pair, "common_days", row["common_days"], common_days(run, a, b))
        directed = {}
        for key, ends in (("ab", (a, b)), ("ba", (b, a))):
            edges = [e for e in run.edges if (e["outlet_from"], e["outlet_to"]) == ends and e["grade"] in DIRECTED and e["from"]]
            directed[key] = len(edges)
            to.check(name, pair, f"edges_{key}", row[f"edges_{key}"], len(edges))
            lags = sorted(float(e["lag_minutes"]) for e in edges if e["lag_minutes"] and e["clock_error_minutes"])
            for column, q in ((f"lag_{key}_p10", 0.1), (f"lag_{key}_median", 0.5), (f"lag_{key}_p90", 0.9)):
                value = quantile(lags, q) if len(lags) >= 5 else None
                to.check(name, pair, column, row[column], value, 1, 0.05)
        total = sum(directed.values())
        reciprocity = 2 * min(directed.values()) / total if total else None
        to.check(name, pair, "reciprocity", row["reciprocity"], reciprocity, 4)
        if row["p"]:
            observed, expected, p = pair_test(strata[pair])
            to.check(name, pair, "expected_narratives", row["expected_narratives"], expected, 4)
            to.check(name, pair, "effect", row["effect"], ratio(observed, expected), 4)
            to.check(name, pair, "p", row["p"], p, "p")
            tested.append((row, p, 0.25 ** (run.is_baseline(a) + run.is_baseline(b))))
        else:
            to.check(name, pair, "strata", "", None if pair not in strata else len(strata[pair]))
    rates = false_discovery_rates([p for _, p, _ in tested], [weight for _, _, weight in tested])
    for (row, _, _), q in zip(tested, rates):
        to.check(name, (row["outlet_a"], row["outlet_b"]), "q", row["q"], q, "p")


def start(period, day):
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[period]


def check_series(run, found, to):
    name, matched, edges, articles = "series.csv", Counter(), Counter(), Counter()
    for pair, ids in found.items():
        for i, rows in ids.items():
            side = pair.index(run.articles[i]["outlet"])
            for relation in {relation for relation, _ in rows}:
                for period in ("day", "week", "month"):
                    matched[pair, relation, period, start(period, run.articles[i]["day"]), side] += 1
    for edge in run.edges:
        if edge["grade"] in DIRECTED and edge["outlet_from"] != edge["outlet_to"] and edge["from"]:
            pair = tuple(sorted((edge["outlet_from"], edge["outlet_to"])))
            for period in ("day", "week", "month"):
                day = start(period, run.articles[edge["to"]]["day"])
                edges[pair, period, day, pair.index(edge["outlet_from"])] += 1
    pairs = {(row["outlet_a"], row["outlet_b"]) for row in run.series}
    for article in run.reported():
        for pair in pairs:
            if article["outlet"] in pair:
                side = pair.index(article["outlet"])
                if run.comparable(article, pair[1 - side]):
                    for period in ("day", "week", "month"):
                        articles[pair, period, start(period, article["day"]), side] += 1
    keys = {key[:4] for key in matched} | {(pair, "any", period, day) for pair, period, day, _ in edges}
    rows = {}
    for row in run.series:
        rows[(row["outlet_a"], row["outlet_b"]), row["relation"], row["period"], date.fromisoformat(row["start"])] = row
    to.check(name, "", "rows", str(len(rows)), len(keys))
    for key, row in rows.items():
        pair, relation, period, day = key
        for side in (0, 1):
            ab = "ab"[side]
            to.check(name, key, f"articles_{ab}", row[f"articles_{ab}"], articles[pair, period, day, side])
            to.check(name, key, f"matched_{ab}", row[f"matched_{ab}"], matched[(*key, side)])
            share = ratio(matched[(*key, side)], articles[pair, period, day, side])
            to.check(name, key, f"share_{ab}", row[f"share_{ab}"], share, 4)
            column = ("edges_ab", "edges_ba")[side]
            count = edges[pair, period, day, side] if relation == "any" else None
            to.check(name, key, column, row[column], count)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    run, to = Run(pathlib.Path(sys.argv[1])), Comparison()
    found = sides(run)
    check_shares(run, found, to)
    check_pairs(run, found, to)
    check_series(run, found, to)
    for line in to.different[:50]:
        print(line)
    compared = ", ".join(f"{count} of {file}" for file, count in sorted(to.compared.items()))
    print(f"{sum(to.compared.values())} figures compared ({compared}), {len(to.different)} differ")
    sys.exit(1 if to.different else 0)


if __name__ == "__main__":
    main()
