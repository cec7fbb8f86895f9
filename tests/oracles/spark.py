"""Parts of spark.sh: a made-up corpus, a run of the glue on a local Spark, and the comparison of all tables."""
import glob
import hashlib
import json
import os
import random
import runpy
import sys

TABLES = ["days", "short", "fingerprint", "pairs", "lines", "standing", "links", "verify", "spans", "holders", "judge", "components"]


def corpus(articles=1500):
    draw = random.Random(11)
    syllables = ["ba", "ko", "ri", "ten", "mo", "ul", "sha", "per", "in", "dra", "ve", "lo", "mi", "ga", "sto", "ne"]
    sentence = lambda n: " ".join("".join(draw.choice(syllables) for _ in range(3)) for _ in range(n)) + "."
    outlets = ["rt", "cgtn", "tass", "sputnik", "presstv", "bbc", "reuters", "elsewhere"]
    footers = {outlet: sentence(20) for outlet in outlets}
    slogan, stories = sentence(24), []
    for n in range(articles):
        outlet = draw.choice(outlets)
        if not stories or draw.random() < 0.3:
            stories.append([sentence(draw.randrange(10, 40)) for _ in range(6)])
        story = draw.choice(stories[-8:])
        text = draw.choice([
            story,
            story[1:4],
            [f'"{story[2]}" the minister said.', sentence(80)],
            [sentence(30), story[0].replace(" ", " surely ", 1), story[3]],
            [" ".join(story[4].split()[:7])],
            [sentence(90), slogan],
        ])
        text = " ".join(text) + ("\n" + footers[outlet] if draw.random() < 0.5 else "")
        text += "\nSource: Xinhua" if draw.random() < 0.1 else ""
        day = 1 + n * 27 // articles
        print(json.dumps({
            "outlet": outlet, "id": f"a{draw.randrange(10**9)}-{n}", "title": sentence(6), "text": text,
            "published": f"2026-{1 + n * 3 // articles:02}-{day:02}T{draw.randrange(4) * 6:02}:00:00Z",
        }))


def submit(master, script, arguments):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "8").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "2g")
    builder = builder.config("spark.executor.memory", "1g").config("spark.sql.session.timeZone", "UTC")
    spark = builder.getOrCreate()
    sys.argv = [script, *arguments]
    try:
        runpy.run_path(script, run_name="__main__")
    finally:
        spark.stop()


def digest(folder):
    """SHA-256 over all rows of a table in the order of all columns, and their number."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = []
    for file in sorted(glob.glob(os.path.join(folder, "*"))):
        if file.endswith(".parquet"):
            found.append(pq.read_table(file))
        elif file.endswith(".arrow"):
            found.append(pa.ipc.open_stream(file).read_all())
    if not found:
        return 0, ""
    found = [table.replace_schema_metadata(None) for table in found]
    fields = [pa.field(f.name, pa.large_string() if pa.types.is_string(f.type) else f.type) for f in found[0].schema]
    table = pa.concat_tables([table.cast(pa.schema(fields)) for table in found])
    table = table.sort_by([(name, "ascending") for name in table.column_names])
    sha = hashlib.sha256()
    for name in table.column_names:
        column = table[name].combine_chunks()
        sha.update(name.encode())
        if pa.types.is_large_string(column.type):
            import pyarrow.compute as pc

            sha.update(pc.binary_length(column).to_numpy(zero_copy_only=False).tobytes())
            sha.update(b"".join(text.encode() for text in column.to_pylist()))
        else:
            sha.update(column.to_numpy(zero_copy_only=False).tobytes())
    return table.num_rows, sha.hexdigest()


def compare(home, spark):
    same = True
    for name in TABLES:
        at_home, on_spark = digest(os.path.join(home, name)), digest(os.path.join(spark, name))
        if name in ("days", "short"):
            # Partial counts: what they come to is in every other table.
            print(f"{name}: {at_home[0]} rows at home, {on_spark[0]} on Spark")
            continue
        same &= at_home == on_spark
        print(f"{name}: {on_spark[0]} rows, {on_spark[1][:16]} {'equal' if at_home == on_spark else f'NOT as at home: {at_home}'}")
    sys.exit(0 if same else 1)


if sys.argv[1] == "corpus":
    corpus()
elif sys.argv[1] == "submit":
    submit(sys.argv[2], sys.argv[3], sys.argv[4:])
else:
    compare(sys.argv[2], sys.argv[3])
