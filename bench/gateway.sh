#!/usr/bin/env bash
# bench/gateway.sh SECONDS ROUNDS: the gateway beside nginx and Spring Cloud Gateway, from outside, in one run.
#
# All three proxy to the same nginx, which serves 139 bytes of JSON from a file; wrk asks with 64 connections. CPU is
# what the kernel accounts to all processes of a proxy, by request. Rounds alternate between the proxies, so that
# whatever else the machine does falls on all; the table has each figure's median over the rounds.
set -euo pipefail
home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
tactus="$home/tactus"
work="$home/bench/target/gateway"
seconds=$1 rounds=$2
upstream=9130 nginx=9131 nginx_refusing=9132 ours=9133 spring=9135
connections=64
jdk=$("$tactus" --jdk)
pids=()

need() { command -v "$1" >/dev/null || PATH=$PATH:/usr/sbin command -v "$1" >/dev/null || { echo "bench: needs $1 (Debian: $2)" >&2; exit 1; }; }
need nginx nginx-light
need wrk wrk
PATH=$PATH:/usr/sbin

finish() {
  kill "${pids[@]}" 2>/dev/null || true
  for each in upstream proxy; do
    [ ! -f "$work/$each.pid" ] || kill "$(cat "$work/$each.pid")" 2>/dev/null || true
  done
}
trap finish EXIT

rm -rf "$work"
mkdir -p "$work/files"
printf '{"data":"%0127d"}\n' 0 >"$work/files/data.json"

cat >"$work/upstream.conf" <<NGINX
worker_processes 1; pid $work/upstream.pid; error_log $work/upstream.err;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; types { application/json json; }
  server { listen 127.0.0.1:$upstream; location / { root $work/files; } } }
NGINX
# rates that let everything through, checked on every request; and one that refuses all but one a minute
cat >"$work/proxy.conf" <<NGINX
worker_processes auto; pid $work/proxy.pid; error_log $work/proxy.err crit;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; limit_req_status 429;
  limit_req_zone \$http_x_api_key zone=quota:10m rate=1000000r/s;
  limit_req_zone \$http_x_api_key zone=spike:10m rate=1000000r/s;
  limit_req_zone \$http_x_api_key zone=tiny:10m rate=1r/m;
  upstream api { server 127.0.0.1:$upstream; keepalive 128; keepalive_requests 1000000000; }
  proxy_http_version 1.1; proxy_set_header Connection "";
  server { listen 127.0.0.1:$nginx;
    location / { limit_req zone=quota burst=100000 nodelay; limit_req zone=spike burst=100000 nodelay; proxy_pass http://api; } }
  server { listen 127.0.0.1:$nginx_refusing; location / { limit_req zone=tiny; proxy_pass http://api; } } }
NGINX
sha256() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
cat >"$work/gateway.yaml" <<YAML
listen: 127.0.0.1:$ours
admin: 127.0.0.1:$((ours + 1))
state: ./gateway.db
upstream: http://127.0.0.1:$upstream
identify: {header: X-Api-Key}
dialect: sonos
limits:
  - {name: quota, permits: 100000000, window: 60s, kind: fixed}
  - {name: spike, permits: 1000000, window: 1s, kind: sliding}
applications:
  - {id: passed, key_sha256: ["$(sha256 passed)"]}
  - {id: refused, key_sha256: ["$(sha256 tiny)"], limits: [{name: quota, permits: 1}]}
YAML

echo "bench: building what is compared …" >&2
"$tactus" --version >&2
JAVA_HOME=$jdk mvn -q -B -DskipTests -f "$home/bench/peers/spring-cloud-gateway/pom.xml" package >"$work/peer-build.log" 2>&1 ||
  { tail -n 20 "$work/peer-build.log" >&2; exit 1; }

nginx -c "$work/upstream.conf"
nginx -c "$work/proxy.conf"
"$tactus" gateway --config "$work/gateway.yaml" >"$work/gateway.log" 2>&1 &
pids+=($!)
peer="$home/bench/peers/spring-cloud-gateway/target"
PEER_PORT=$spring PEER_UPSTREAM=http://127.0.0.1:$upstream "$jdk/bin/java" -Xmx256m -XX:+UseSerialGC \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$peer/classes:$peer/lib/*" peer.Peer >"$work/spring.log" 2>&1 &
pids+=($!)

processes() { # of a proxy
  case "$1" in
    nginx) cat "$work/proxy.pid"; pgrep -P "$(cat "$work/proxy.pid")" ;;
    tactus) echo "${pids[0]}" ;;
    spring) echo "${pids[1]}" ;;
  esac
}

ticks() { # user and system time, in 1/100 s
  local total=0 each
  for each in $(processes "$1"); do
    total=$((total + $(awk '{ print $14 + $15 }' "/proc/$each/stat")))
  done
  echo "$total"
}

for port in $nginx $ours $spring; do
  for _ in $(seq 300); do
    if curl -sf -o /dev/null -H 'X-Api-Key: passed' "http://127.0.0.1:$port/data.json"; then continue 2; fi
    sleep 0.1
  done
  echo "bench: nothing answers on port $port; see $work" >&2
  exit 1
done

port_of() {
  case "$1-$2" in
    nginx-passed) echo $nginx ;;
    nginx-tiny) echo $nginx_refusing ;;
    tactus-*) echo $ours ;;
    spring-*) echo $spring ;;
  esac
}

load() { # PROXY KEY SECONDS
  wrk -t1 -c$connections -d"$3"s --latency -H "X-Api-Key: $2" "http://127.0.0.1:$(port_of "$1" "$2")/data.json"
}

measure() { # PROXY KEY: one line of requests, CPU µs each, p50 and p99 in ms, answers that were no 2xx
  local before after
  before=$(ticks "$1")
  load "$1" "$2" "$seconds" >"$work/wrk"
  after=$(ticks "$1")
  awk -v ticks=$((after - before)) '
    function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /requests in/ { requests = $1 }
    /Non-2xx/ { refused = $NF }
    END { printf "%d %.2f %.2f %.2f %d\n", requests, ticks * 10000 / requests, p50, p99, refused }' "$work/wrk" \
    >>"$work/$1-$2"
}

# until the optimising compiler, whose work would be counted else, is done: until three loads in a row saved less than
# 3 % on the best before, at most twelve
warm() { # PROXY KEY
  local best=1000000 idle=0 before cost
  for _ in $(seq 12); do
    before=$(ticks "$1")
    load "$1" "$2" 5 >"$work/wrk"
    cost=$(awk -v ticks=$(($(ticks "$1") - before)) '/requests in/ { printf "%d", ticks * 1000000 / $1 }' "$work/wrk")
    if [ "$cost" -lt $((best * 97 / 100)) ]; then best=$cost idle=0; else idle=$((idle + 1)); fi
    [ "$idle" -lt 3 ] || return 0
  done
}
echo "bench: warming up …" >&2
for proxy in tactus spring; do
  for key in passed tiny passed; do warm "$proxy" "$key"; done
done
echo "bench: measuring …" >&2
for _ in $(seq "$rounds"); do
  for key in passed tiny; do
    for proxy in nginx tactus spring; do
      measure "$proxy" "$key"
    done
  done
done

median() { # PROXY KEY COLUMN
  cut -d' ' -f"$3" "$work/$1-$2" | sort -n | sed -n "$(((rounds + 1) / 2))p"
}
check() { # every request must have had the answer that it is measured for
  awk -v key="$2" '{ bad = key == "passed" ? $5 : $1 - $5; if (bad > 2) exit 1 }' "$work/$1-$2" ||
    { echo "bench: $1 did not answer $2 as it should; see $work/$1-$2" >&2; exit 1; }
}

echo "| proxy | CPU µs a request | of nginx | p50 / p99 ms | CPU µs a refusal | of nginx | p50 / p99 ms |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for proxy in nginx tactus spring; do
  check "$proxy" passed
  check "$proxy" tiny
  case $proxy in
    nginx) name="nginx $(nginx -v 2>&1 | sed 's|.*/||'), two limit_req" ;;
    tactus) name="tactus gateway, two limits checked, usage counted" ;;
    spring) name="Spring Cloud Gateway 5.0.3, one Bucket4j limit" ;;
  esac
  echo "| $name | $(median $proxy passed 2) | $(awk "BEGIN { printf \"%.2f\", $(median $proxy passed 2) / $(median nginx passed 2) }") | $(median $proxy passed 3) / $(median $proxy passed 4) | $(median $proxy tiny 2) | $(awk "BEGIN { printf \"%.2f\", $(median $proxy tiny 2) / $(median nginx tiny 2) }") | $(median $proxy tiny 3) / $(median $proxy tiny 4) |"
done
