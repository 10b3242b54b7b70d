#!/usr/bin/env bash
# Makes the release from a built app: tactus-VERSION-PLATFORM.tar.gz and tactus_VERSION_ARCH.deb.
#   package.sh LIB VERSION OUT [ADDONS]
#     LIB     the folder of the jars, as ./tactus leaves it in console/target/app/lib
#     ADDONS  the folder of the add-ons, each with its jars in target/lib: an archive each, unpacked over the release
# Needs a Java runtime, tar and gzip. The same input gives the same bytes.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
lib=$(readlink -f "$1") version=$2 out=$3 addon_sources=${4:-}
program=java
# shellcheck source=launch.sh
. "$here/launch.sh"
find_java

case "$(uname -m)" in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$arch
mkdir -p "$out"
out=$(readlink -f "$out")
work=$(mktemp -d "$out/package.XXXXXX")
trap 'rm -rf "$work"' EXIT

packed() { # packed FILE FOLDER NAME…: owner and times say nothing of this machine
  local file=$1 folder=$2
  shift 2
  tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" -c "$@" | gzip -n >"$file"
}

# a release: bin, lib, completion, systemd
name=tactus-$version
root=$work/$name
mkdir -p "$root/bin" "$root/lib" "$root/completion" "$root/systemd"
cp "$here/tactus" "$here/launch.sh" "$root/bin/"
cp "$lib"/* "$root/lib/"
cp "$here"/systemd/* "$root/systemd/"
for document in LICENSE README.md; do cp "$here/../../../../$document" "$root/"; done
chmod 755 "$root/bin/tactus"
java_with -XX:TieredStopAtLevel=1 dev.tactus.console.Tactus completion >"$root/completion/tactus.bash"
packed "$out/$name-$platform.tar.gz" "$work" "$name"

made=()
for jars in ${addon_sources:+"$addon_sources"/*/target/lib}; do
  [ -d "$jars" ] || continue
  addon=${jars%/target/lib}
  addon=${addon##*/}
  mkdir -p "$work/$addon/$name/addons/$addon"
  for jar in "$jars"/*.jar; do
    if [ ! -e "$lib/${jar##*/}" ]; then cp "$jar" "$work/$addon/$name/addons/$addon/"; fi
  done
  packed "$out/$name-addon-$addon.tar.gz" "$work/$addon" "$name"
  made+=("$out/$name-addon-$addon.tar.gz")
done

# the Debian package: the same files where Debian looks for them
data=$work/data control=$work/control
install -d "$data/usr/bin" "$data/usr/lib/tactus" "$data/usr/lib/systemd/system" "$data/usr/lib/sysusers.d" \
  "$data/usr/share/bash-completion/completions" "$data/usr/share/doc/tactus" "$data/etc/tactus" "$control"
cp -r "$root/bin" "$root/lib" "$data/usr/lib/tactus/"
ln -s ../lib/tactus/bin/tactus "$data/usr/bin/tactus"
cp "$here"/systemd/*.service "$here"/systemd/*.timer "$data/usr/lib/systemd/system/"
cp "$here/systemd/tactus.sysusers" "$data/usr/lib/sysusers.d/tactus.conf"
cp "$root/completion/tactus.bash" "$data/usr/share/bash-completion/completions/tactus"
cp "$root/LICENSE" "$data/usr/share/doc/tactus/copyright"
cp "$root/README.md" "$data/usr/share/doc/tactus/"
cp "$here/debian/gateway.yaml" "$data/etc/tactus/"
# what tactus init writes, with the package's own folders
java_with -XX:TieredStopAtLevel=1 dev.tactus.console.Tactus init --config "$work/tactus.yaml" >&2
sed -e 's|^catalog: catalog.csv|catalog: /var/lib/tactus/catalog.csv|' \
  -e 's|\./ledger.db|/var/lib/tactus/ledger.db|' -e 's|\./lake |/var/lib/tactus/lake |' \
  -e 's|^# reconcile:|reconcile:|' -e 's|^#   folder: \./reconciled|  folder: /var/lib/tactus/reconciled|' \
  "$work/tactus.yaml" >"$data/etc/tactus/tactus.yaml"
sed -e "s|@VERSION@|$version|" -e "s|@ARCH@|$arch|" -e "s|@SIZE@|$(du -sk "$data" | cut -f1)|" "$here/debian/control" >"$control/control"
printf '/etc/tactus/%s\n' gateway.yaml tactus.yaml >"$control/conffiles"
install -m 755 "$here/debian/postinst" "$here/debian/prerm" "$control/"
chmod -R u+rwX,go+rX,go-w "$data" "$control"
packed "$work/control.tar.gz" "$control" .
packed "$work/data.tar.gz" "$data" .
printf '2.0\n' >"$work/debian-binary"

# a .deb is an ar archive of these three, in this order
deb=$out/tactus_${version}_$arch.deb
printf '!<arch>\n' >"$deb"
for member in debian-binary control.tar.gz data.tar.gz; do
  size=$(wc -c <"$work/$member")
  printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "$member" "${SOURCE_DATE_EPOCH:-0}" 0 0 100644 "$size" >>"$deb"
  cat "$work/$member" >>"$deb"
  if [ $((size % 2)) = 1 ]; then printf '\n' >>"$deb"; fi
done
printf '%s\n' "$out/$name-$platform.tar.gz" ${made[@]+"${made[@]}"} "$deb"
