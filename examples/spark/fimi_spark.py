#!/usr/bin/env python3
"""Shared text on Apache Spark: fimi's plan as data frames, fimi's stages as processes. Spark 3.5 and 4.

    fimi match -i news.jsonl --until articles --work prepared      # numbers the articles, writes params.json
    spark-submit examples/spark/fimi_spark.py prepared tables --bin fimi [--parts 64] [--until STAGE]

`prepared` holds params.json and the table `articles` (Arrow files of `fimi match`, or Parquet). Every table of the plan
becomes Parquet under `tables`; a table that is there and whole is not made again. There is no algorithm here: which stage
reads what, grouped, ordered and joined how, is what `fimi plan --json` says. docs/scale.md has the rest.
"""
import argparse
import functools
import glob
import json
import os
import subprocess
import tempfile
import threading

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

TYPES = {"int64": "long", "int32": "int", "int8": "byte", "utf8": "string"}


def through(command, files, batches):
    """The rows of one partition through one process. It counts only with its marker of the end and exit code 0."""
    first = next(batches, None)
    if first is None:
        return
    command = list(command)
    for flag, name in files.items():
        command += [flag, SparkFiles.get(name)]
    log = tempfile.TemporaryFile()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
    broken = []

    def feed():
        try:
            with pa.ipc.new_stream(child.stdin, first.schema) as sink:
                sink.write_batch(first)
                for batch in batches:
                    sink.write_batch(batch)
            child.stdin.close()
        except Exception as error:  # the child is gone, or what is above failed: either way this task fails
            broken.append(error)
            child.kill()

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    ended = False
    try:
        for batch in pa.ipc.open_stream(child.stdout):
            # Engines keep no metadata of schemas.
            yield pa.RecordBatch.from_arrays(batch.columns, names=batch.schema.names)
        feeder.join()
        ended = True
    except pa.ArrowException as error:
        broken.append(error)
    finally:
        if not ended:
            child.kill()
        code = child.wait()
    if code != 0 or broken:
        log.seek(0)
        said = log.read().decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {said} {broken}")


def table_of(spark, folder, name):
    return spark.read.parquet(os.path.join(folder, name))


def articles_of(spark, prepared, out):
    """The table `articles` as Parquet: as it is, or made of the files of `fimi match`."""
    if glob.glob(os.path.join(prepared, "articles", "*.parquet")):
        return table_of(spark, prepared, "articles")
    path = os.path.join(out, "articles")
    if not os.path.exists(os.path.join(path, "_SUCCESS")):
        import pyarrow.parquet as pq

        os.makedirs(path, exist_ok=True)
        for file in sorted(glob.glob(os.path.join(prepared, "articles", "*.arrow"))):
            with pa.ipc.open_stream(file) as rows:
                with pq.ParquetWriter(os.path.join(path, os.path.basename(file) + ".parquet"), rows.schema) as sink:
                    for batch in rows:
                        sink.write_batch(batch)
        open(os.path.join(path, "_SUCCESS"), "w").close()
    return spark.read.parquet(path)


def joined(rows, join, tables):
    """What the plan joins to the rows of a stage; its columns are renamed as the plan says."""
    other = tables(join["table"])
    if join["least"]:
        rest = [c for c in other.columns if c not in join["to"] and c != join["least"]]
        least = F.min(F.struct(join["least"], *rest)).alias("least")
        other = other.groupBy(*join["to"]).agg(least).select(*join["to"], *[f"least.{c}" for c in rest])
    keep = [c for c in other.columns if c not in join["to"]]
    other = other.select(*[F.col(c).alias(f"key_{i}") for i, c in enumerate(join["to"])],
                         *[F.col(c).alias(c + join["suffix"]) for c in keep])
    on = functools.reduce(lambda x, y: x & y, [rows[c] == other[f"key_{i}"] for i, c in enumerate(join["on"])])
    both = rows.join(other, on, "left" if join["is_left"] else "inner")
    both = both.drop(*[f"key_{i}" for i in range(len(join["to"]))])
    return both.fillna("", [c + join["suffix"] for c in keep]) if join["is_left"] else both


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("prepared")
    args.add_argument("out")
    args.add_argument("--bin", default="fimi", help="the program, at the same place on every node")
    args.add_argument("--mem", default="512MiB", help="memory of a task for sorting")
    args.add_argument("--parts", type=int, default=64)
    args.add_argument("--until")
    args = args.parse_args()
    spark = SparkSession.builder.appName("fimi").getOrCreate()
    plan = json.loads(subprocess.check_output([args.bin, "plan", "--json"]))["stages"]
    spark.sparkContext.addFile(os.path.join(args.prepared, "params.json"))
    articles = articles_of(spark, args.prepared, args.out)
    tables = lambda name: articles if name == "articles" else table_of(spark, args.out, name)
    for stage in plan:
        path = os.path.join(args.out, stage["name"])
        if not os.path.exists(os.path.join(path, "_SUCCESS")):
            rows = functools.reduce(lambda x, y: x.unionByName(y), [tables(name) for name in stage["reads"]])
            if stage["name"] == "verify":
                rows = rows.where("a < b")
            for join in stage["joins"]:
                rows = joined(rows, join, tables)
            rows = rows.select(*[column["name"] for column in stage["input"]])
            if stage["single"]:
                rows = rows.coalesce(1)
            elif stage["key"]:
                rows = rows.repartition(args.parts, *stage["key"])
                rows = rows.sortWithinPartitions(*stage["order"])
            files = {"--params": "params.json"}
            for side in stage["sides"]:
                # A small table: all of it, as a file for every task.
                name = os.path.join(tempfile.mkdtemp(), side + ".arrow")
                small = pa.Table.from_pandas(tables(side).toPandas(), preserve_index=False)
                with pa.ipc.new_stream(name, small.schema) as sink:
                    sink.write_table(small)
                spark.sparkContext.addFile(name)
                files["--" + side] = side + ".arrow"
            schema = ", ".join(f"{c['name']} {TYPES[c['type']]}" for c in stage["output"])
            command = [args.bin, "stage", stage["name"], "--mem", args.mem]
            made = rows.mapInArrow(functools.partial(through, command, files), schema)
            made.write.mode("overwrite").parquet(path)
        if stage["name"] == args.until:
            break


if __name__ == "__main__":
    main()
