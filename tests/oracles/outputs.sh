#!/usr/bin/env bash
# outputs.sh FIMI [VENV]: see README.md. Ends with 1 if a program refuses a file.
set -euo pipefail
fimi=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
venv=${2:-$dir/venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
packages=(frictionless stix2-validator stix2 jsonschema networkx igraph)
[ -z "${2:-}" ] || packages+=(pandas pyarrow polars duckdb)
for package in "${packages[@]}"; do
  "$venv/bin/python" -m pip install -q --retries 0 --timeout 10 "$package" 2> "$dir/pip" ||
    echo "not here: $package ($(tail -1 "$dir/pip"))"
done
for profile in plain opencti; do
  "$fimi" demo -q --out "$dir/$profile" --stix $profile --parquet --wide
done
if command -v xmllint > /dev/null; then
  xmllint --noout "$dir"/plain/graph*.gexf "$dir"/plain/graph*.graphml
  echo "xmllint: 4 files"
else
  echo "not here: xmllint"
fi
if [ -x "$venv/bin/frictionless" ]; then
  "$venv/bin/frictionless" validate --json "$dir/plain/datapackage.json" > "$dir/frictionless.json"
  echo "frictionless: valid"
fi
for profile in plain opencti; do
  [ -x "$venv/bin/stix2_validator" ] || break
  "$venv/bin/stix2_validator" "$dir/$profile/stix.json" > "$dir/stix.txt" || { grep -v "Warning" "$dir/stix.txt"; exit 1; }
  echo "stix2-validator: $profile valid"
done
if command -v Rscript > /dev/null; then
  (cd "$dir/plain" && Rscript -e 'for (f in list.files(".", "csv$")) cat(f, nrow(read.csv(f, na.strings = "")), "\n")' > "$dir/r.txt")
else
  echo "not here: R"
fi
if command -v soffice > /dev/null; then
  soffice --headless --convert-to xlsx --outdir "$dir/xlsx" "$dir"/plain/*.csv > "$dir/soffice.txt" 2>&1
else
  echo "not here: LibreOffice"
fi
"$venv/bin/python" "$here/outputs.py" "$dir/plain" "$dir/opencti" "$here/../../docs/analysis.schema.json"
