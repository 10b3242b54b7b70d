# How Java starts Tactus: read by ./tactus in a clone and by bin/tactus of a release, never run by itself.
# Who reads it sets `program` (javac or java: what a Java home must have) and `lib` (the folder of the jars).
#   TACTUS_JAVA_OPTS   more options for java, such as -Xmx512m
#   TACTUS_JVMS        the folder of Java homes, instead of /usr/lib/jvm

addons=() # the add-ons that this run needs: addon_folder, of who reads this, says where the jars of one are
spark_opens="java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.util.calendar"
needs="25.0.3" # an earlier G1 bug corrupts zstd

say() { printf 'tactus: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# "25.0.3" and later; the release file saves starting a JVM just to ask it
new_enough() {
  local line major minor patch
  [ -x "$1/bin/$program" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case "$line" in JAVA_VERSION=*)
      IFS=. read -r major minor patch _ <<<"$(printf '%s' "${line#*=}" | tr -d '"\r' | tr '_-' '..')"
      [ $((major * 1000000 + ${minor:-0} * 1000 + ${patch:-0})) -ge 25000003 ]
      return ;;
    esac
  done <"$1/release"
  return 1
}

find_java() {
  local candidate
  if [ -n "${JAVA_HOME:-}" ] && new_enough "$JAVA_HOME"; then java=$JAVA_HOME; return; fi
  for candidate in "${TACTUS_JVMS:-/usr/lib/jvm}"/*; do
    if [ ! -L "$candidate" ] && new_enough "$candidate"; then java=$candidate; return; fi
  done
  if candidate=$(command -v java); then
    candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")")
    if new_enough "$candidate"; then java=$candidate; return; fi
  fi
  die "needs Java $needs or later: none in JAVA_HOME (${JAVA_HOME:-not set}), ${TACTUS_JVMS:-/usr/lib/jvm} or PATH." \
    "Install one (https://adoptium.net, or your package manager) and set JAVA_HOME to its folder."
}

# What in a configuration asks for which add-on: jars that most never need, and so are not on their class path.
addons_of() {
  case "$1" in *jdbc:postgresql:*) printf 'postgresql ' ;; esac
  case "$1" in *s3://*) printf 's3 ' ;; esac
}

# find_addons COMMAND…: fills `addons` by the engine that the command names, and by the file that it reads, comments left
# out and variables looked up.
# It need not understand the file: one add-on too many costs a few jars, and what a value means is for Java to say.
find_addons() {
  local word before='' line rest addon
  config=tactus.yaml
  case "${1:-}" in '' | -* | demo | init | simulate | gateway | completion | help) return 0 ;; esac
  for word; do
    case "$word" in --config=*) config=${word#*=} ;; esac
    case "$before=$word" in *--engine=spark) addons=(spark) ;; esac
    if [ "$before" = --config ]; then config=$word; fi
    before=$word
  done
  if [ ! -f "$config" ] || [ ! -r "$config" ]; then return 0; fi
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in '#'*) continue ;; esac
    line=${line%%[[:space:]]#*}
    rest=$line
    while [[ $rest =~ \$\{([A-Za-z_][A-Za-z0-9_]*) ]]; do
      word=${BASH_REMATCH[1]}
      line+=" ${!word:-}"
      rest=${rest#*"\${$word"}
    done
    for addon in $(addons_of "$line"); do
      case " ${addons[*]-} " in *" $addon "*) ;; *) addons+=("$addon") ;; esac
    done
  done <"$config"
}

# What asks for an add-on, for people.
asker() { case "$1" in spark) printf '%s' '--engine spark' ;; *) printf '%s' "${config:-the release}" ;; esac }

# Serial: the heap is small, and G1's and its threads' memory would go missing beside DuckDB's.
# Two arenas: DuckDB's threads would each keep freed memory in one of their own (docs/benchmarks.md)
# Of a start-up cache that does not fit nothing is said: the start is slower, that is all
# Leaks are looked for in tests: the stack traces that Netty takes of one buffer in 128 cost the gateway a tenth
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
java_with() {
  local jars=("$lib"/*.jar) class_path collector=-XX:+UseSerialGC heap=-Xmx256m opened=() addon jar package
  # after the app's own, so that its start-up cache still fits; what the app has is there already
  for addon in ${addons[@]+"${addons[@]}"}; do
    for jar in "$(addon_folder "$addon")"/*.jar; do
      if [ ! -e "$lib/${jar##*/}" ]; then jars+=("$jar"); fi
    done
  done
  case "${TACTUS_JAVA_OPTS-}" in *-XX:+Use*GC*) collector= ;; esac
  case " ${addons[*]-} " in *" spark "*)
    # Spark's driver: its plans stand in the heap, and it reaches into these packages of the JDK
    heap=-Xmx1g
    for package in $spark_opens; do opened+=("--add-opens=java.base/$package=ALL-UNNAMED"); done ;;
  esac
  class_path=$(IFS=:; printf '%s' "${jars[*]}")
  # shellcheck disable=SC2086 # several options
  ${run:-} "$java/bin/java" $heap $collector ${opened[@]+"${opened[@]}"} \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dio.netty.leakDetection.level=disabled \
    -Xlog:disable -Xlog:all=error:stderr '-Xlog:aot*=off:stderr' '-Xlog:cds*=off:stderr' \
    -cp "$class_path" ${TACTUS_JAVA_OPTS-} "$@"
}

# start [-XX:… for java] -- COMMAND…: becomes the command.
start() {
  local compiler=-XX:TieredStopAtLevel=1 columns=0 options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  # only what runs for long is worth the optimising compiler, whose threads would compete with a short command
  case "${1:-}" in
    demo | sync | simulate | gateway | lake | dead-letters | reports) compiler=-XX:+TieredCompilation ;;
  esac
  # the start-up cache was made without the packages that Spark opens, and does not fit
  case " ${addons[*]-} " in *" spark "*) compiler=-XX:+TieredCompilation options=() ;; esac
  if [ -t 2 ]; then columns=$(stty size <&2 2>/dev/null) && columns=${columns#* } || columns=80; fi
  run=exec java_with $compiler -Dtactus.columns="$columns" ${options[@]+"${options[@]}"} dev.tactus.console.Tactus "$@"
}
