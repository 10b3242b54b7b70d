package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.SnapshotRecord;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.Bond;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The lake's side: whatever is visible there has an owner in the ledger, and nothing is visible by half.
final class OwnerAudit {
    /// What runs write.
    private static final List<LakeTable> FETCHED = List.of(
            LakeTable.TRACKS,
            LakeTable.DAILY_STREAMS,
            LakeTable.DAILY_LISTENERS,
            LakeTable.LISTENER_DEMOGRAPHICS,
            LakeTable.PAYLOADS);

    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;
    private final AuditScope scope;

    OwnerAudit(Ledger ledger, Lake lake, int megabytes, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    void prove() {
        Bond bond = ledger.bonds().get();
        if (bond.lakeId().isPresent()
                && bond.mark().isPresent()
                && !lake.ownership().isTakenOver()) {
            throw new AuditMismatch(
                    "the lake's catalog",
                    "it no longer says that digests of all its files are noted: another hand has taken that away. The"
                            + " next command that changes the lake notes those of today");
        }
        Set<String> runs = ledger.runs().list().stream().map(Run::id).collect(Collectors.toSet());
        snapshots(runs);
        rows(runs);
        ledger.publications().list().stream()
                .filter(publication -> publication.completedAt().isEmpty())
                .forEach(this::whole);
    }

    private void snapshots(Set<String> runs) {
        Set<String> publications =
                ledger.publications().list().stream().map(PublicationRecord::id).collect(Collectors.toSet());
        long looked = 0;
        for (LakeTable table : LakeTable.values()) {
            for (SnapshotRecord snapshot : lake.table(table).snapshots()) {
                looked++;
                String where = "snapshot " + snapshot.id() + " of " + table.label();
                if (snapshot.publication().isEmpty() && !snapshot.maintenance()) {
                    throw new AuditMismatch(where, "no change of Tactus made it: another program has written here");
                }
                boolean fetched = FETCHED.contains(table) && !snapshot.maintenance();
                if (fetched && snapshot.runId().filter(runs::contains).isEmpty()) {
                    throw new AuditMismatch(
                            where,
                            "it belongs to run " + snapshot.runId().orElse("(none)")
                                    + ", which the ledger does not know");
                }
                if (fetched
                        && snapshot.publication().filter(publications::contains).isEmpty()) {
                    throw new AuditMismatch(
                            where,
                            "it is the publication " + snapshot.publication().orElse("(none)")
                                    + ", which the ledger does not know");
                }
            }
        }
        scope.looked("snapshots", looked);
        scope.proven(String.format(Locale.ROOT, "%,d snapshots: each has its owner in the ledger", looked));
    }

    private void rows(Set<String> runs) {
        Set<String> found = new HashSet<>();
        try (Workbench bench = lake.workbench(megabytes)) {
            for (LakeTable table : FETCHED) {
                for (String run : QueryRows.texts(
                        bench,
                        "SELECT DISTINCT coalesce(run_id, '(none)') FROM " + bench.relation(TablePart.all(table))
                                + " ORDER BY 1")) {
                    if (!runs.contains(run)) {
                        throw new AuditMismatch(
                                table.label(), "it has rows of run " + run + ", which the ledger does not know");
                    }
                    found.add(run);
                }
            }
        }
        scope.proven(String.format(
                Locale.ROOT,
                "the rows of %d tables: each belongs to one of %d runs of the ledger",
                FETCHED.size(),
                found.size()));
    }

    /// A publication that is not over is visible in all its tables, or in none.
    private void whole(PublicationRecord publication) {
        Set<String> landed = lake.landed(publication.id()).stream()
                .map(TableCommit::table)
                .map(LakeTable::name)
                .collect(Collectors.toSet());
        if (landed.isEmpty()) {
            return;
        }
        Set<String> missing = ledger.chunks().unpublished(publication.runId()).stream()
                .filter(chunk -> chunk.rows() > 0)
                .map(ChunkFile::table)
                .filter(table -> !landed.contains(table))
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw new AuditMismatch(
                    "run " + publication.runId(),
                    "it is published by half: its rows are visible in "
                            + String.join(", ", landed.stream().sorted().toList())
                                    .toLowerCase(Locale.ROOT)
                            + ", but not in "
                            + String.join(", ", missing.stream().sorted().toList())
                                    .toLowerCase(Locale.ROOT)
                            + "; tactus runs resume " + publication.runId() + " continues it, tactus runs abandon "
                            + publication.runId() + " takes it back");
        }
    }
}
