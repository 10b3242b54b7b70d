package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.publications.PublishedFile;
import dev.tactus.ledger.publications.PublishedTable;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run's account against the lake: every item has an outcome, the rows that the items account for are those that were
/// committed, the files are what they were, and every payload is what its digest says.
final class RunAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;
    private final Run run;
    private final List<String> proven;

    RunAudit(Ledger ledger, Lake lake, int megabytes, Run run, List<String> proven) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
        this.run = run;
        this.proven = proven;
    }

    void prove() {
        account();
        for (PublicationRecord publication : ledger.publications().list(run.id())) {
            if (isGivenUp(publication)) {
                proven.add(publication.id() + ": given up before any of it was visible");
                continue;
            }
            commits(publication);
            rows(publication);
            files(publication);
        }
        payloads();
    }

    private boolean isGivenUp(PublicationRecord publication) {
        return run.state() == RunState.ABANDONED
                && publication.completedAt().isEmpty()
                && lake.landed(publication.id()).isEmpty();
    }

    private void account() {
        for (SliceCounts slice : ledger.items().countsBySlice(run.id())) {
            ItemCounts counts = slice.counts();
            String where = run.id() + ", " + slice.dataset().label() + " of " + slice.day();
            AuditMismatch.unlessSame(
                    where,
                    "the items with an outcome or still open",
                    counts.planned(),
                    counts.accounted() + counts.open());
        }
        ItemCounts all = ledger.items().counts(run.id());
        proven.add(run.id() + ": " + all.planned() + " items planned, " + all.accounted() + " with an outcome, "
                + all.open() + " open");
    }

    private void commits(PublicationRecord publication) {
        if (publication.completedAt().isEmpty()) {
            throw new AuditMismatch(
                    publication.id(), "the publication was started but never completed; run sync again");
        }
        Map<LakeTable, TableCommit> landed = new EnumMap<>(LakeTable.class);
        lake.landed(publication.id()).forEach(committed -> landed.put(committed.table(), committed));
        for (PublishedTable recorded : publication.tables()) {
            LakeTable table = table(recorded.table());
            String where = publication.id() + ", table " + table.label();
            TableCommit committed = landed.remove(table);
            if (committed != null) {
                AuditMismatch.unlessSame(where, "the snapshot", recorded.snapshotId(), committed.snapshotId());
                AuditMismatch.unlessSame(where, "the rows", recorded.rows(), committed.rows());
            } else if (lake.table(table).snapshot(recorded.snapshotId()).exists()) {
                throw new AuditMismatch(where, "the snapshot " + recorded.snapshotId() + " is of another publication");
            }
            // or else maintenance has forgotten the snapshot; files and payloads remain to be looked at
        }
        landed.keySet().forEach(table -> {
            throw new AuditMismatch(publication.id(), "the ledger has no record of its commit of " + table.label());
        });
        proven.add(publication.id() + ": "
                + MessageText.counted(publication.tables().size(), "table", "tables")
                + " committed, as recorded in the ledger");
    }

    private void rows(PublicationRecord publication) {
        Map<Dataset, Long> committed = new EnumMap<>(Dataset.class);
        for (PublishedTable table : publication.tables()) {
            table(table.table()).dataset().ifPresent(dataset -> committed.merge(dataset, table.rows(), Long::sum));
        }
        Map<Dataset, Long> items = ledger.publications().itemRows(publication.id());
        for (Dataset dataset : Dataset.values()) {
            // an item that was tried again since counts in a later publication
            long later = items.getOrDefault(dataset, 0L);
            long then = committed.getOrDefault(dataset, 0L);
            boolean last = ledger.publications().list(run.id()).getLast().id().equals(publication.id());
            if (last || later > then) {
                AuditMismatch.unlessSame(
                        publication.id() + ", " + dataset.label(), "the rows that the items account for", then, later);
            }
        }
        proven.add(publication.id() + ": the row counts of items and tables agree");
    }

    private void files(PublicationRecord publication) {
        long there = 0;
        long merged = 0;
        long released = 0;
        for (PublishedFile file : ledger.publications().files(publication.id())) {
            if (lake.retention().of(file.path()).isPresent()) {
                released++;
                continue;
            }
            Optional<String> found = lake.folder().sha256(file.path());
            if (found.isEmpty() && lake.table(table(file.table())).refersTo(file.path())) {
                throw new AuditMismatch(file.path(), "the data file is missing");
            }
            if (found.isEmpty()) {
                merged++;
                continue;
            }
            AuditMismatch.unlessSame(file.path(), "the digest of the data file", file.sha256(), found.get());
            there++;
        }
        proven.add(publication.id() + ": " + MessageText.counted(there, "data file", "data files")
                + " unchanged to the byte"
                + (merged > 0 ? ", " + merged + " compacted by maintenance since" : "")
                + (released > 0 ? ", " + released + " let go since, but for their bytes" : ""));
    }

    private void payloads() {
        try (Workbench bench = lake.workbench(megabytes)) {
            String payloads = bench.relation(TablePart.source(LakeTable.PAYLOADS, run.source()));
            String streams =
                    bench.relation(TablePart.days(LakeTable.DAILY_STREAMS, run.source(), run.from(), run.to()));
            long count = bench.number(sql("payload_count", payloads).text());
            long released = bench.number(sql("released_count", payloads).text());
            none(bench, sql("changed_payload", payloads), "payloads", "");
            none(
                    bench,
                    sql("count_without_payload", payloads).insert("streams", streams),
                    "daily_streams",
                    ", which is not in the lake");
            proven.add(run.id() + ": " + count + " payloads match their digests"
                    + (released > 0 ? ", " + released + " have been let go and can't be compared any more" : "")
                    + ", and every stream count has its payload");
        }
    }

    private SqlResource sql(String name, String payloads) {
        return SqlResource.of(RunAudit.class, name).with("run", run.id()).insert("payloads", payloads);
    }

    private void none(Workbench bench, SqlResource query, String where, String what) {
        QueryRows.texts(bench, query.text()).forEach(first -> {
            throw new AuditMismatch(run.id() + ", " + where, first + what);
        });
    }

    static LakeTable table(String label) {
        return Arrays.stream(LakeTable.values())
                .filter(table -> table.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() ->
                        new AuditMismatch("the ledger", "it names a table " + label + " of the lake, which can't be"));
    }
}
