#!/usr/bin/env python3
"""latency.py FIMI RUN [REQUESTS]: how long the pages of `fimi browse RUN` take.

Asks each kind of page REQUESTS times (200), one after the other over one connection: the heaviest things of the run first, then
others drawn with a fixed seed. Prints a row for each kind, the slowest first, and the memory of the server. Needs the tables of the run."""
import csv, http.client, os, random, re, subprocess, sys, tempfile, time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

fimi, run = sys.argv[1], Path(sys.argv[2])
requests = int(sys.argv[3]) if len(sys.argv) > 3 else 200
draw = random.Random(7)
csv.field_size_limit(1 << 30)


def table(name):
    with open(run / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


articles, matches, edges = table("articles.csv"), table("matches.csv"), table("edges.csv")
narratives, pairs, chains = table("narratives.csv"), table("outlet_pairs.csv"), table("chains.csv")


def heaviest(weights, half=100):
    """The heaviest ids, then as many others."""
    ranked = [name for name, _ in weights.most_common()]
    rest = ranked[half:]
    return ranked[:half] + draw.sample(rest, min(half, len(rest)))


in_matches = Counter(row[end] for row in matches for end in ("article_a", "article_b"))
sizes = Counter({row["narrative"]: int(row["articles"]) for row in narratives})
outlets = sorted({row["outlet"] for row in articles})
languages = sorted({row["language"] for row in articles if row["language"]})
days = sorted({row["published"][:10] for row in articles if row["published"]})
words = Counter(word for row in articles[:: max(1, len(articles) // 5000)] for word in row["title"].lower().split())
common = [word for word, _ in words.most_common(50) if word.isalpha()]
rare = [word for word, n in words.items() if n == 1 and word.isalpha()]
titles = [row["title"].split() for row in articles if len(row["title"].split()) > 3]


def phrase():
    title = draw.choice(titles)
    at = draw.randrange(len(title) - 2)
    return '"%s"' % " ".join(title[at : at + 3]).replace('"', "")


def at(path, **fields):
    return f"{path}?{urlencode(fields)}" if fields else path


def pages(path, rows, **fields):
    """The last page of a list, the one in the middle, and some others."""
    last = max(1, -(-rows // 50))
    return [at(path, page=page, **fields) for page in [last, last // 2 or 1] + [draw.randint(1, last) for _ in range(198)]]


def any_of(make, n=200):
    return [make() for _ in range(n)]


pick = draw.choice
period = lambda: dict(since=(day := pick(days)), until=pick([d for d in days if d >= day]))
kinds = {
    "first page": ["/"],
    "list of articles": pages("/articles", len(articles)),
    "list of matches": pages("/matches", len(matches)),
    "list of passages": pages("/passages", len(matches)),
    "list of narratives": pages("/narratives", len(narratives)),
    "list of edges": pages("/edges", len(edges)),
    "list of pairs": pages("/pairs", len(pairs)),
    "list of chains": pages("/chains", len(chains)),
    "list of sources": ["/sources"],
    "search: a rare word": any_of(lambda: at("/articles", q=pick(rare))),
    "search: a common word": any_of(lambda: at("/articles", q=pick(common))),
    "search: two common words": any_of(lambda: at("/articles", q=f"{pick(common)} {pick(common)}")),
    "search: common, without common": any_of(lambda: at("/articles", q=f"{pick(common)} -{pick(common)}")),
    "search: a phrase": any_of(lambda: at("/articles", q=phrase())),
    "search: a phrase of common words": any_of(lambda: at("/articles", q=f'"{pick(common)} {pick(common)}"')),
    "search: a beginning of 2 letters": any_of(lambda: at("/articles", q=pick(rare)[:2] + "*")),
    "search: a beginning of 1 letter": any_of(lambda: at("/articles", q=pick(rare)[:1] + "*")),
    "search: word, outlet, days, passage": any_of(
        lambda: at("/articles", q=pick(common), outlet=pick(outlets), passage="own", **period())
    ),
    "articles by outlet": any_of(lambda: at("/articles", outlet=pick(outlets))),
    "articles by days and passage": any_of(lambda: at("/articles", passage=pick(["own", "wire"]), **period())),
    "articles by language": any_of(lambda: at("/articles", language=pick(languages))) if languages else [],
    "matches of an outlet": [at("/matches", a=outlet) for outlet in outlets],
    "matches of an outlet, last page": [at("/matches", a=outlet, page=10**6) for outlet in outlets],
    "matches of two outlets": any_of(lambda: at("/matches", a=pick(outlets), b=pick(outlets))),
    "matches by relation": any_of(lambda: at("/matches", relation=pick(["verbatim", "partial", "narrative"]))),
    "matches with own text": any_of(lambda: at("/matches", passage="own", page=draw.randint(1, 500))),
    "passages of an outlet": any_of(lambda: at("/passages", outlet=pick(outlets))),
    "passages by kind and length": any_of(lambda: at("/passages", kind="own", words=draw.randint(1, 60))),
    "narratives of an outlet": any_of(lambda: at("/narratives", outlet=pick(outlets))),
    "narratives of two outlets": any_of(lambda: at("/narratives", outlet=pick(outlets), **{"and": pick(outlets)})),
    "narratives by word": any_of(lambda: at("/narratives", label=pick(rare))),
    "edges by grade": any_of(lambda: at("/edges", grade=pick(["E1", "E2", "E3", "E4", "E5", "X"]))),
    "edges from an outlet": any_of(lambda: at("/edges", **{"from": pick(outlets)})),
    "edges of two outlets": any_of(lambda: at("/edges", to=pick(outlets), **{"from": pick(outlets)})),
    "article": [at("/article", id=name) for name in heaviest(in_matches)],
    "match": [at("/match", id=row["match"]) for row in draw.sample(matches, min(200, len(matches)))],
    "narrative": [at("/narrative", id=name) for name in heaviest(sizes)],
    "edge": [at("/edge", id=row["edge"]) for row in draw.sample(edges, min(200, len(edges)))],
    "chain": [at("/chain", id=row["chain"]) for row in chains[:200]],
    "outlet": [at("/outlet", id=outlet) for outlet in outlets],
    "pair": [at("/pair", a=row["outlet_a"], b=row["outlet_b"]) for row in draw.sample(pairs, min(200, len(pairs)))],
    "nothing there": [at("/article", id="nosuch")],
}

with tempfile.TemporaryDirectory() as home:
    started = time.perf_counter()
    server = subprocess.Popen([fimi, "browse", str(run), "--port", "0", "--home", home, "-q"], stdout=subprocess.PIPE, text=True)
    try:
        host = re.fullmatch(r"http://(.+)/\n", server.stdout.readline()).group(1)
        connection = http.client.HTTPConnection(host)

        def ask(address):
            began = time.perf_counter()
            connection.request("GET", address)
            reply = connection.getresponse()
            body = reply.read()
            return (time.perf_counter() - began) * 1000, reply.status, body

        ask("/")
        first = time.perf_counter() - started
        while b"still being read" in ask("/articles?q=a")[2]:
            time.sleep(0.2)
        searchable = time.perf_counter() - started
        rows = []
        for kind, addresses in kinds.items():
            if not addresses:
                continue
            asked = [ask(addresses[i % len(addresses)]) for i in range(requests)]
            bad = [status for _, status, _ in asked if status not in (200, 303)]
            assert kind == "nothing there" or not bad, (kind, bad[:3])
            took = sorted(ms for ms, _, _ in asked)
            bytes_ = sorted(len(body) for _, _, body in asked)
            rank = lambda share: took[min(len(took) - 1, int(share * len(took)))]
            rows.append((rank(0.95), kind, rank(0.5), took[-1], bytes_[len(bytes_) // 2]))
        rows.sort(reverse=True)
        print(f"{len(articles):,} articles, {len(matches):,} matches, {len(edges):,} edges, {len(narratives):,} narratives")
        print(f"first page after {first:.1f} s, searchable after {searchable:.1f} s; {requests} requests of each kind, milliseconds")
        print(f"{'page':36} {'median':>7} {'p95':>7} {'most':>7} {'bytes':>9}")
        for p95, kind, median, most, size in rows:
            print(f"{kind:36} {median:7.1f} {p95:7.1f} {most:7.1f} {size:9,}")
        status = Path(f"/proc/{server.pid}/status")
        if status.exists():
            of = dict(line.split(":", 1) for line in status.read_text().splitlines())
            print("memory: %s now, %s at most" % tuple(f"{int(of[k].split()[0]) // 1024:,} MiB" for k in ("VmRSS", "VmHWM")))
        slow = [kind for p95, kind, *_ in rows if p95 >= 100]
        print("every kind of page: p95 under 100 ms" if not slow else f"p95 of 100 ms or more: {', '.join(slow)}")
    finally:
        server.terminate()
        server.wait()
sys.exit(bool(slow))
