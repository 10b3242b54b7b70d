#!/usr/bin/env python3
"""Checks the closes of a Tactus lake without Tactus: verify_close.py LAKE_FOLDER [SHA256] [--retention SHA256]

Proven are: the chain of manifests (each names the digest of the one before), every data file that a close stands on
(bytes, SHA-256), the CSVs row by row (SHA-256, Merkle tree of RFC 6962), and that the CSVs add up to the totals.
Of files that were let go on the record (folder retention) the digests are left; what took their places is compared. A
record is believed if a close names it or one after it: of later ones --retention is what `tactus lake retain` printed.
SHA256 is the digest that `tactus close` printed for the last close: with it nothing can be cut off the chain's end.
Exit code 0 if all of it holds, 1 otherwise, and where SHA256 is given and something is not proven. Python 3.9 or later.
"""
import csv, hashlib, io, json, os, sys
from collections import Counter
from decimal import Decimal, getcontext
from pathlib import Path
class Tree:
    """The root of a Merkle tree, leaf by leaf (RFC 6962, 2.1)."""
    def __init__(self):
        self.peaks, self.size = [], 0
    def add(self, leaf):
        node, size = hashlib.sha256(b"\0" + leaf).digest(), self.size
        while size & 1:
            node, size = hashlib.sha256(b"\1" + self.peaks.pop() + node).digest(), size >> 1
        self.peaks.append(node)
        self.size += 1
    def root(self):
        node = self.peaks[-1] if self.peaks else hashlib.sha256(b"").digest()
        for peak in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\1" + peak + node).digest()
        return node.hex()
class Report:
    def __init__(self): self.wrong, self.gone, self.proven, self.later = 0, {}, 0, set()
    def say(self, what, mark="ok"): print("%-6s %s" % (mark, what))
    def fail(self, what, wrong=True):
        if wrong:
            self.wrong += 1
            self.say(what, "WRONG")
        return not wrong
    def same(self, what, expected, found):
        return self.fail("%s should be %s, but is %s" % (what, expected, found), expected != found)
    def tried(self, what, work):
        try:
            work()
        except Exception as error:  # whatever a forged or cut file makes of it
            self.fail("%s: %s" % (what, error if isinstance(error, OSError) else "it is not written as Tactus writes it"))
def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
        return digest.hexdigest(), file.tell()
def records(path):
    """The records of a CSV as they stand there: a text in quotes may hold line ends."""
    with open(path, "rb") as file:
        record = b""
        for line in file:
            record += line
            if record.count(b'"') % 2 == 0:
                yield record[:-1]
                record = b""
def sums_file(folder, name, content, report):
    """The digests that lie beside a manifest: with them the last link is proven too."""
    path, early = os.path.join(folder, name[:-5] + ".sha256"), content.get("format") == "tactus-close/1"
    if not os.path.isfile(path):
        says = "is of an early version: only the next link holds its digest" if early else "has no .sha256 beside it"
        return report.say("closes/%s %s" % (name, says), "note") if early else report.fail("closes/%s %s" % (name, says))
    lines = [line.partition("  ") for line in Path(path).read_text("ascii", "replace").splitlines()]
    members = [name] + [os.path.basename(content[key]["path"]) for key in ("csv", "adjustments_csv") if key in content]
    report.same("the list of closes/%s.sha256" % name[:-5], members, [member for _, _, member in lines])
    for expected, _, member in lines:
        there = os.path.join(folder, os.path.basename(member))
        report.same("closes/%s: the digest" % member, expected, os.path.isfile(there) and sha256(there)[0])
def link(folder, name):
    content = json.loads(Path(folder, name).read_text("utf-8"))
    return int(content["number"]), name, content, sha256(os.path.join(folder, name))[0]
def chain(lake, report):
    """The manifests in their order: number, name, content, digest."""
    folder, links, before = os.path.join(lake, "closes"), [], None
    for name in (names := sorted(os.listdir(folder)) if os.path.isdir(folder) else []):
        report.fail("closes/%s.json is missing" % name[:-7], name.endswith(".sha256") and name[:-7] + ".json" not in names)
        if name.endswith(".json") and [kind for kind in (".unrecorded", ".sha256") if name[:-5] + kind in names] == [".unrecorded"]:
            report.say("closes/%s was cut off before it was recorded: no close, and not counted" % name, "note")
        elif name.endswith(".json") and not name.startswith("."):
            report.tried("closes/%s is not the manifest of a close" % name, lambda: links.append(link(folder, name)))
    links.sort(key=lambda link: link[:2])
    for number, (found, name, content, digest) in enumerate(links, 1):
        report.same("closes/%s: the number" % name, number, found)
        report.same("closes/%s: the id" % name, name[:-5], content.get("id"))
        report.same("closes/%s: the digest of the one before" % name, before, content.get("previous_sha256"))
        report.tried("closes/%s can't be checked" % name, lambda: sums_file(folder, name, content, report))
        before = digest
    report.say("%d closes and reopenings; the SHA-256 of the last is %s" % (len(links), before))
    return links or report.fail("there is no close in %s: nothing is proven" % folder) or []
def let_go(lake, links, kept, report):
    """What was let go, by path: each record names the digest of the one before, and its own lies beside it."""
    folder, chain, closes = os.path.join(lake, "retention"), [None], [None] + [digest for _, _, _, digest in links]
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.endswith(".json"):
            path, said = os.path.join(folder, name), os.path.join(folder, name[:-5] + ".sha256")
            record = json.loads(Path(path).read_text("utf-8"))
            report.same("retention/%s: the digest of the one before" % name, chain[-1], record.get("previous_sha256"))
            report.fail("retention/%s: the close that it names is missing" % name, record.get("close_sha256") not in closes)
            chain.append(sha256(path)[0])
            lies = Path(said).read_text("ascii", "replace") if os.path.isfile(said) else "missing"
            report.same("retention/%s: the digest" % name, lies, "%s  %s\n" % (chain[-1], name))
            report.gone.update((file["path"], (file, record, len(chain) - 1)) for file in record["files"])
    for where, head in [(name, content.get("retention_sha256")) for _, name, content, _ in links] + [("--retention", kept)]:
        if report.fail("%s: the retention that it names, %s, is missing" % (where, head), head not in chain):
            report.proven = max(report.proven, chain.index(head))
    report.say("%d of %d retentions are named; the SHA-256 of the last is %s" % (report.proven, len(chain) - 1, chain[-1]))
def there(lake, file, report):
    """Digest and bytes of a file, or of what is left where it was let go."""
    path, gone = os.path.join(lake, *file["path"].split("/")), report.gone
    if os.path.isfile(path) or file["path"] not in gone:
        return sha256(path) if os.path.isfile(path) else ("missing", "missing")
    said, record, number = gone.pop(file["path"])  # until what took its place is looked at: nothing takes its own place
    now, words = said["replaced_by"], (file["path"], record["by"], record["at"], record["reason"])
    report.say("%s: let go by %s on %s (%s), its digest is left" % words, "note")
    report.same(now["path"] + ": digest and bytes", (now["sha256"], now["bytes"]), there(lake, now, report))
    gone[file["path"]] = said, record, number
    report.later.update([file["path"]] if number > report.proven else [])
    return said["sha256"], said["bytes"]
def files(lake, where, content, report):
    tree = Tree()
    for table in content["tables"]:
        for file in table["files"]:
            report.same(file["path"] + ": digest and bytes", (file["sha256"], file["bytes"]), there(lake, file, report))
            tree.add("\t".join([table["table"]] + [str(file[part]) for part in ("path", "rows", "bytes", "sha256")]).encode())
    report.say("%s: %d data files looked at" % (where, tree.size))
    return tree.root()
def rows(lake, said, report):
    path, tree, sums, money = os.path.join(lake, *said["path"].split("/")), Tree(), Counter(), {}
    report.same(said["path"] + ": the digest", said["sha256"], sha256(path)[0])
    lines = records(path)
    head = next(lines, b"").decode("utf-8").split(",")
    for record in lines:
        tree.add(record)
        row = dict(zip(head, next(csv.reader(io.StringIO(record.decode("utf-8"), newline="")), [])))
        sums.update({name: int(row.get(name) or 0) for name in ("payable_count", "api_count", "report_count")})
        sums.update({"rows": 1, "home": Decimal(row.get("home_revenue") or 0), "status " + row.get("status", ""): 1})
        for amount in row["revenues"].split():
            currency, _, value = amount.partition(":")
            money[currency] = money.get(currency, 0) + Decimal(value)
    report.same(said["path"] + ": the rows", said["rows"], tree.size)
    return tree.root(), sums, money
def close(lake, name, content, stands, report):
    where, merkle, tree = "closes/" + name, content.get("merkle"), Tree()
    files_root = files(lake, where, content, report)
    if merkle is None:
        return report.say(where + " is of an early version: only tactus audit can check its rows", "note")
    for key in ("csv", "adjustments_csv"):
        said, totals = content[key], content["totals"]
        root, sums, money = rows(lake, said, report)
        tree.add(root.encode())
        report.same("%s: the tree of %s" % (where, key), merkle[key], root)
        if key == "csv":
            for total in ("rows", "payable_count", "api_count", "report_count"):
                report.same("%s: the total %s" % (where, total), totals[total], sums[total])
            for status, line in totals["statuses"].items():
                report.same("%s: the rows %s" % (where, status), line["rows"], sums["status " + status])
            report.same(where + ": the revenues", {c: Decimal(a) for c, a in totals["revenues"].items()}, money)
            report.say("%s: %d payable in %d rows" % (where, sums["payable_count"], sums["rows"]))
            home = content.get("home") or {}
            if home.get("amount"):
                rates = {rate["currency"]: Decimal(rate["rate"]) for rate in home["rates"]}
                worth = sum(amount * rates.get(currency, 1) for currency, amount in money.items())
                report.same(where + ": the money in " + home["currency"], (Decimal(home["amount"]),) * 2, (worth, sums["home"]))
                report.say("%s: worth %s %s by its rates" % (where, home["amount"], home["currency"]))
        elif sums["payable_count"] != sum(line["payable_count"] for line in content["adjustments"]):
            report.fail(where + ": the adjustments do not add up")
        if "copy" in said and stands and (said["rows"] or key == "csv"):
            copy = os.path.normpath(os.path.join(lake, said["copy"]))
            if not os.path.isfile(copy):
                report.say("the copy %s is not there" % copy, "note")
            elif report.same("the copy %s: the digest" % copy, said["sha256"], sha256(copy)[0]):
                report.say("the copy %s" % copy)
    tree.add(files_root.encode())
    report.same(where + ": the tree of files", merkle["files"], files_root)
    report.same(where + ": the root", merkle["root"], tree.root())
def main(args):
    kept = args.pop(args.index("--retention") + 1) if "--retention" in args[:-1] else None
    args = [arg for arg in args if kept is None or arg != "--retention"]
    if len(args) not in (1, 2) or not os.path.isdir(args[0]):
        sys.exit(__doc__ if len(args) not in (1, 2) else "there is no folder " + args[0])
    report, getcontext().prec = Report(), 100
    csv.field_size_limit(1 << 30)
    sys.stdout.reconfigure(errors="backslashreplace")
    links = chain(args[0], report)
    report.tried("the folder retention can't be checked", lambda: let_go(args[0], links, kept, report))
    if len(args) == 2:
        report.same("the digest of the last link", args[1], links[-1][3] if links else "nothing")
    reopened = [content.get("reopens_number") for _, _, content, _ in links]
    for number, name, content, _ in links:
        report.tried("closes/%s can't be checked" % name, lambda: content["kind"] == "close" and close(
            args[0], name, content, number not in reopened, report))
    if report.later:
        print("not proven: %d files let go after the last close that names a retention (see --retention)" % len(report.later))
    print("%d of it does not hold" % report.wrong if report.wrong else "all else holds" if report.later else "all of it holds")
    return int(bool(report.wrong or report.later and args[1:]))
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
