#!/usr/bin/env bash
# spark-jar.sh LIB ADDONS FOLDER: puts the program and its add-ons into one jar for spark-submit; prints its path.
# What every Spark brings (SLF4J and what logs for it) stays out, and so do the add-on's own copies of Spark.
set -euo pipefail
lib=$1 addons=$2 folder=$3
made="$folder/tactus-spark.jar"
rm -rf "$folder"
mkdir -p "$folder/classes" "$folder/services"
cd "$folder/classes"
taken=' '
for jar in "$lib"/*.jar "$addons"/spark/target/lib/tactus-addon-spark*.jar "$addons"/s3/target/lib/*.jar "$addons"/postgresql/target/lib/*.jar; do
  case "${jar##*/}" in slf4j-* | logback-*) continue ;; esac
  case "$taken" in *" ${jar##*/} "*) continue ;; esac
  taken+="${jar##*/} "
  "$JAVA_HOME/bin/jar" xf "$jar"
  # jars have services of one name, and signatures that one jar of all can't keep
  for service in META-INF/services/*; do
    if [ -f "$service" ]; then { cat "$service" && echo; } >>"$folder/services/${service##*/}"; fi
  done
  rm -rf META-INF/services META-INF/*.SF META-INF/*.RSA META-INF/*.DSA META-INF/MANIFEST.MF
done
find . -name module-info.class -delete
mv "$folder/services" META-INF/services
for library in "$lib"/libduckdb_java.so_*; do if [ -f "$library" ]; then cp "$library" .; fi; done
printf 'Multi-Release: true\n' >"$folder/manifest"
"$JAVA_HOME/bin/jar" --create --file "$made" --manifest "$folder/manifest" --main-class dev.tactus.console.Tactus .
rm -rf "$folder/classes" "$folder/manifest"
printf '%s\n' "$made"
