#!/usr/bin/env bash
# What verifying costs: a day of a catalog fetched and published with digests of every file that is written and read,
# and without, in turn. The program is the same; without, its class of digests is replaced by one that takes the size
# of a Parquet file for its digest. Either comes from the boot class path: the program can't see a difference there, and
# java leaves its start-up cache aside in both.
#   bench/verify.sh [RECORDINGS [ROUNDS]]      TACTUS names another command than ./tactus
set -euo pipefail
home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
tactus=${TACTUS:-$home/tactus}
recordings=${1:-50000}
rounds=${2:-3}
work=$home/bench/target/verify
port=9151
rm -rf "$work"
mkdir -p "$work/with" "$work/without" "$work/digest"

jdk=${JAVA_HOME:-$("$home/tactus" --jdk)}
cp "$home"/digest/src/main/java/dev/tactus/digest/*.java "$work/digest/"
rm "$work/digest/package-info.java"
sed -i 's/@Nullable //; s/ @Nullable//; /jspecify/d' "$work"/digest/*.java
cp -r "$work/digest" "$work/timed"
# what digests take by themselves: runs differ by more than that
awk '/public static Sha256 of\(Path file\)/ {
  print "    private static final java.util.concurrent.atomic.LongAdder NANOS = new java.util.concurrent.atomic.LongAdder();"
  print "    private static final java.util.concurrent.atomic.LongAdder BYTES = new java.util.concurrent.atomic.LongAdder();"
  print "    static { Runtime.getRuntime().addShutdownHook(new Thread(() ->"
  print "        System.err.println(\"digested \" + BYTES + \" bytes in \" + NANOS + \" ns\"))); }"
  print $0
  print "        long begun = System.nanoTime();"
  print "        try { return untimed(file); } finally { NANOS.add(System.nanoTime() - begun); BYTES.add(Files.size(file)); }"
  print "    }"
  print "    private static Sha256 untimed(Path file) throws IOException {"
  next } 1' "$work/digest/Sha256.java" >"$work/timed/Sha256.java"
"$jdk/bin/javac" -nowarn -d "$work/with" "$work"/timed/*.java
sed -i '/public static Sha256 of(Path file)/a\        if (file.toString().endsWith(".parquet")) { return of("bytes " + Files.size(file)); }' \
  "$work/digest/Sha256.java"
"$jdk/bin/javac" -nowarn -d "$work/without" "$work"/digest/*.java

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

# one day into an empty lake; prints seconds, CPU seconds, and MB and seconds of digesting
day() {
  rm -rf "$work/day"
  local TIMEFORMAT='%R %U %S'
  { time TACTUS_JAVA_OPTS="-Xbootclasspath/a:$work/$1" "$tactus" sync --json --config "$work/tactus.yaml" --day 2026-10-01 \
    >"$work/sync.json" 2>"$work/sync.log"; } 2>"$work/time"
  {
    tail -n 1 "$work/time"
    sed -n 's/^digested \([0-9]*\) bytes in \([0-9]*\) ns$/\1 \2/p' "$work/sync.log"
  } | awk 'NR == 1 {seconds = $1; cpu = $2 + $3} NR == 2 {mb = $1 / 1e6; digest = $2 / 1e9}
    END {printf "%.1f %.1f %.0f %.2f\n", seconds, cpu, mb, digest}'
}

echo "| round | seconds with | without | CPU seconds with | without | MB digested | seconds of digesting |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for round in $(seq "$rounds"); do
  read -r with with_cpu mb digesting < <(day with)
  read -r without without_cpu _ _ < <(day without)
  echo "| $round | $with | $without | $with_cpu | $without_cpu | $mb | $digesting |"
done
