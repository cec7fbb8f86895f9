"""outputs.py PLAIN OPENCTI SCHEMA: reads what runs wrote with other people's libraries; what cannot be imported is named."""
import csv
import importlib
import json
import pathlib
import re
import sys
import zipfile


def library(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"not here: {name} ({error})")
        return None


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def main():
    plain, opencti, schema = map(pathlib.Path, sys.argv[1:])
    if stix2 := library("stix2"):
        for run in (plain, opencti):
            text = (run / "stix.json").read_text(encoding="utf-8")
            written = {o["id"]: o for o in json.loads(text)["objects"]}
            again = json.loads(stix2.parse(text, allow_custom=True).serialize())["objects"]
            different = [o["id"] for o in again if written[o["id"]] != o]
            assert len(again) == len(written) and not different, different[:3]
            print(f"stix2: {run.name}, {len(again)} objects, the same when written again")
    if jsonschema := library("jsonschema"):
        document = json.loads((plain / "analysis.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(document)
        print("jsonschema: valid")
    if networkx := library("networkx"):
        nodes, edges = rows(plain / "graph_nodes.csv"), rows(plain / "graph_edges.csv")
        for graph in (networkx.read_gexf(plain / "graph.gexf"), networkx.read_graphml(plain / "graph.graphml")):
            assert set(graph.nodes) == {node["Id"] for node in nodes}, graph.nodes
            assert set(graph.edges()) == {(e["Source"], e["Target"]) for e in edges}, graph.edges
        print(f"networkx: {len(nodes)} nodes, {len(edges)} edges")
        if igraph := library("igraph"):
            graph = igraph.Graph.Read_GraphML(str(plain / "graph.graphml"))
            assert (graph.vcount(), graph.ecount()) == (len(nodes), len(edges))
            print(f"igraph: {graph.vcount()} nodes, {graph.ecount()} edges")
    sizes = {path.name: len(rows(path)) for path in plain.glob("*.csv")}
    if (counted := plain.parent / "r.txt").exists():
        read = dict(line.split() for line in counted.read_text().splitlines())
        assert {name: int(n) for name, n in read.items()} == sizes, read
        print(f"R: {len(read)} CSV files")
    sheets = sorted((plain.parent / "xlsx").glob("*.xlsx"))
    for path in sheets:
        sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
        assert sheet.count("<row ") == sizes[path.stem + ".csv"] + 1, path
        assert not re.search("<f[ >]", sheet), f"a formula in {path}"
    if sheets:
        assert len(sheets) == len(sizes)
        print(f"LibreOffice: {len(sheets)} CSV files")
    readers = {
        "pandas": lambda module, path: len(module.read_parquet(path)),
        "polars": lambda module, path: len(module.read_parquet(path)),
        "duckdb": lambda module, path: module.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0],
    }
    files = sorted(plain.glob("*.parquet"))
    assert len(files) > 15
    for name, count in readers.items():
        if module := library(name):
            for path in files:
                expected = len(rows(path.with_suffix(".csv")))
                assert count(module, path) == expected, path
            print(f"{name}: {len(files)} Parquet files")


main()
