#!/usr/bin/env bash
# What verifying costs: a day of a catalog fetched and published with digests of every file that is written and read,
# and without, in turn. The program is the same; without, its class of digests is replaced by one that takes the size
# of a Parquet file for its digest (from the boot class path, where the program can't see a difference).
#   bench/verify.sh [RECORDINGS [ROUNDS]]      TACTUS names another command than ./tactus
set -euo pipefail
home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
tactus=${TACTUS:-$home/tactus}
recordings=${1:-50000}
rounds=${2:-3}
work=$home/bench/target/verify
port=9151
rm -rf "$work"
mkdir -p "$work/classes" "$work/digest"

jdk=${JAVA_HOME:-$("$home/tactus" --jdk)}
cp "$home"/digest/src/main/java/dev/tactus/digest/*.java "$work/digest/"
rm "$work/digest/package-info.java"
sed -i '/public static Sha256 of(Path file)/a\        if (file.toString().endsWith(".parquet")) { return of("bytes " + Files.size(file)); }' \
  "$work/digest/Sha256.java"
sed -i 's/@Nullable //; s/ @Nullable//; /jspecify/d' "$work"/digest/*.java
"$jdk/bin/javac" -nowarn -d "$work/classes" "$work"/digest/*.java

cat >"$work/tactus.yaml" <<YAML
version: 1
catalog: catalog.csv
artist_separator: ";"
ledger: ./day/ledger.db
lake: ./day/lake
sources:
  spotify:
    profile: spotify-for-artists
    base_url: http://127.0.0.1:$port
    token_url: http://127.0.0.1:$port/api/token
    client_id: bench
    client_secret: bench
    limits: [{scope: token, permits: 1000000, window: 1s}]
    concurrency: 10
YAML
"$tactus" simulate --port "$port" --catalog "$recordings" --seed 7 >"$work/simulator.log" 2>&1 &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true' EXIT
until curl -sf "http://127.0.0.1:$port/_sim/catalog.csv" >"$work/catalog.csv"; do
  kill -0 "$simulator" || { cat "$work/simulator.log" >&2; exit 1; }
  sleep 0.2
done

# one day into an empty lake; prints seconds and CPU seconds
day() {
  rm -rf "$work/day"
  local TIMEFORMAT='%R %U %S'
  { time TACTUS_JAVA_OPTS="${1:-}" "$tactus" sync --json --config "$work/tactus.yaml" --day 2026-10-01 \
    >"$work/sync.json" 2>"$work/sync.log"; } 2>"$work/time"
  tail -n 1 "$work/time" | awk '{printf "%.1f %.1f\n", $1, $2 + $3}'
}

echo "| round | seconds with | without | CPU seconds with | without |"
echo "| --- | --- | --- | --- | --- |"
for round in $(seq "$rounds"); do
  read -r with with_cpu < <(day)
  read -r without without_cpu < <(day "-Xbootclasspath/a:$work/classes")
  echo "| $round | $with | $without | $with_cpu | $without_cpu |"
done
