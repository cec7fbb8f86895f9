#!/usr/bin/env bash
# spark.sh FIMI [VENV [CORPUS [TABLES]]]: see README.md. Ends with 1 if a table on Spark is not the one at home.
set -euo pipefail
fimi=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
glue=$(realpath "$here/../../examples/spark/fimi_spark.py")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
if ! command -v java > /dev/null; then
  echo "not here: java"
  exit 0
fi
venv=${2:-$dir/venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
if ! "$venv/bin/python" -c "import pyspark, pyarrow, pandas" 2> /dev/null &&
  ! "$venv/bin/python" -m pip install -q --retries 0 --timeout 10 pyspark pyarrow pandas 2> "$dir/pip"; then
  echo "not here: pyspark ($(tail -1 "$dir/pip"))"
  exit 0
fi
corpus=${3:-$dir/news.jsonl}
[ -n "${3:-}" ] || "$venv/bin/python" "$here/spark.py" corpus > "$corpus"
parts=${PARTS:-4}

"$fimi" match -q -i "$corpus" --out "$dir/home" --memory 256MiB
spark() { # MASTER OUT BIN
  "$venv/bin/python" "$here/spark.py" submit "$1" "$glue" "$dir/home/work" "$2" --bin "$3" --parts "$parts" --mem 64MiB \
    2> "$dir/spark.log" || { tail -30 "$dir/spark.log"; exit 1; }
}
spark 'local[2]' "$dir/spark" "$fimi"
"$venv/bin/python" "$here/spark.py" compare "$dir/home/work" "$dir/spark"

# Once more: in each stage the first process that has rows is killed after some of them.
cat > "$dir/dies" <<END
#!/usr/bin/env bash
if [ "\$1" = stage ] && mkdir "$dir/killed-\$2" 2> /dev/null; then
  "$fimi" "\$@" < <(head -c 20000; kill -9 \$\$) > /dev/null 2>&1
  kill -9 \$\$
fi
exec "$fimi" "\$@"
END
chmod +x "$dir/dies"
spark 'local[2,4]' "$dir/again" "$dir/dies"
"$venv/bin/python" "$here/spark.py" compare "$dir/home/work" "$dir/again"
echo "killed in: $(cd "$dir" && echo killed-* | sed 's/killed-//g')"
