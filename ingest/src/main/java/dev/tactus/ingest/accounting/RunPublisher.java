package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.FailpointListener.Failpoint;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.publication.Mismatch;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.publications.PublishedFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes what a run has staged visible: checks it against the account item by item, commits all tables in one moment,
/// notes the proof.
///
/// Killed at any moment, the same publication goes on: the ledger knows that it was begun, the snapshots know whether
/// it is there.
public final class RunPublisher {
    private static final int TRIES = 3;
    private static final int SHOWN = 5;

    private final Ledger ledger;
    private final Lake lake;
    private final String codeVersion;
    private final FailpointListener failpoints;

    public RunPublisher(Ledger ledger, Lake lake, String codeVersion, FailpointListener failpoints) {
        this.ledger = ledger;
        this.lake = lake;
        this.codeVersion = codeVersion;
        this.failpoints = failpoints;
    }

    /// Whether a publication of the run was begun and not completed.
    public boolean isBegun(String runId) {
        return ledger.publications().list(runId).stream()
                .anyMatch(publication -> publication.completedAt().isEmpty());
    }

    /// Whether some tables have a publication of the run and others may not.
    public boolean isHalfVisible(String runId) {
        return ledger.publications().list(runId).stream()
                .anyMatch(publication -> publication.completedAt().isEmpty()
                        && !lake.landed(publication.id()).isEmpty());
    }

    /// Publishes what no publication of the run holds yet; nothing where there is nothing.
    ///
    /// @throws RunFailure if ledger and lake don't agree
    public List<TableCommit> publish(Run run) {
        // runs of several sources end side by side, and their publications share tables
        synchronized (lake) {
            return publishAlone(run);
        }
    }

    private List<TableCommit> publishAlone(Run run) {
        LedgerExport account = new LedgerExport(ledger);
        List<ChunkFile> chunks = ledger.chunks().unpublished(run.id());
        boolean nothing = chunks.isEmpty()
                && !ledger.items().unpublished(run.id()).iterator().hasNext();
        if (nothing && !isBegun(run.id())) {
            return List.of();
        }
        PublicationRecord begun = ledger.transaction(() -> {
            ledger.runs().state(run.id(), RunState.PUBLISHING, "");
            return ledger.publications().begin(run.id());
        });
        failpoints.reached(Failpoint.PUBLICATION_BEGUN);
        Publication publication = new Publication(
                begun.id(),
                run.id(),
                run.source(),
                chunks.stream().map(RunPublisher::staged).toList(),
                account.items(run.id()),
                Map.of("catalog_hash", run.catalogHash(), "code_version", codeVersion),
                account.drifts(),
                account.deadLetters());
        List<TableCommit> committed = commit(run, publication);
        failpoints.reached(Failpoint.PUBLICATION_COMMITTED);
        ledger.transaction(() -> {
            ledger.publications().complete(begun.id());
            ledger.chunks().markPublished(run.id(), begun.id());
            ledger.items().markPublished(run.id(), begun.id());
            ledger.runs().state(run.id(), RunState.RUNNING, "");
        });
        failpoints.reached(Failpoint.PUBLICATION_NOTED);
        lake.staging()
                .discard(chunks.stream().map(chunk -> Path.of(chunk.path())).toList());
        return committed;
    }

    private List<TableCommit> commit(Run run, Publication publication) {
        List<TableCommit> landed = lake.landed(publication);
        if (!landed.isEmpty()) {
            // a crash kept it from being noted; what was staged is of no more use
            landed.forEach(committed -> note(publication, committed));
            return landed;
        }
        for (int attempt = 1; ; attempt++) {
            try (PreparedPublication prepared = lake.prepare(publication)) {
                failpoints.reached(Failpoint.PUBLICATION_PREPARED);
                if (!prepared.mismatches().isEmpty()) {
                    throw doesNotAddUp(run, prepared.mismatches());
                }
                return prepared.commit(committed -> {
                    failpoints.reached(Failpoint.TABLE_COMMITTED);
                    note(publication, committed);
                });
            } catch (LakeConflict e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void note(Publication publication, TableCommit committed) {
        ledger.publications()
                .committed(publication.id(), committed.table().label(), committed.snapshotId(), committed.rows());
        ledger.publications().files(publication.id(), added(committed));
    }

    /// The files of a commit to the byte, while the disk still has them at hand; an audit compares them later.
    private List<PublishedFile> added(TableCommit committed) {
        return lake.table(committed.table()).snapshot(committed.snapshotId()).addedDigests().stream()
                .map(file -> new PublishedFile(committed.table().label(), file.path(), file.bytes(), file.sha256()))
                .toList();
    }

    private RunFailure doesNotAddUp(Run run, List<Mismatch> mismatches) {
        String places = mismatches.stream().limit(SHOWN).map(Mismatch::describe).collect(Collectors.joining("; "));
        String more = mismatches.size() > SHOWN ? " and " + (mismatches.size() - SHOWN) + " more" : "";
        RunFailure failed = new RunFailure("run " + run.id() + " does not add up, so nothing of it was published: "
                + places + more + ". Keep its files for the question why; `sync --new-run` fetches the days anew");
        ledger.runs().state(run.id(), RunState.FAILED, String.valueOf(failed.getMessage()));
        return failed;
    }

    private static StagedFile staged(ChunkFile chunk) {
        return new StagedFile(
                LakeTable.valueOf(chunk.table()), Path.of(chunk.path()), chunk.rows(), chunk.bytes(), chunk.sha256());
    }
}
