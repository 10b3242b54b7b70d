package dev.tactus.ingest;

import dev.tactus.ingest.accounting.RunCompletion;
import dev.tactus.lake.Lake;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.publications.PublishedFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runs of a ledger that was written anew, whose journal may be one step behind the lake: what the lake shows to be
/// published is noted, and what was fetched and is nowhere any more is to be fetched again.
///
/// The caller holds the ledger's lock.
public final class RebuiltRuns {
    private final Ledger ledger;
    private final Lake lake;

    public RebuiltRuns(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Brings every run to where the lake is.
    ///
    /// @return a line for each that was somewhere else
    public List<String> settle() {
        List<String> lines = new ArrayList<>();
        for (Run run : ledger.runs().list().reversed()) {
            if (run.state() != RunState.ABANDONED) {
                ledger.transaction(() -> settle(run).ifPresent(lines::add));
            }
        }
        return lines;
    }

    private Optional<String> settle(Run run) {
        Optional<PublicationRecord> begun = ledger.publications().list(run.id()).stream()
                .filter(publication -> publication.completedAt().isEmpty())
                .findFirst();
        List<TableCommit> landed =
                begun.map(publication -> lake.landed(publication.id())).orElse(List.of());
        if (begun.isPresent() && !landed.isEmpty()) {
            note(run, begun.get(), landed);
            return Optional.of("run " + run.id() + ": its last publication is in the lake; noted");
        }
        boolean gone = ledger.chunks().unpublished(run.id()).stream()
                .map(ChunkFile::path)
                .anyMatch(path -> !Files.exists(lake.folder().resolve(path)));
        boolean unpublished = ledger.items().unpublished(run.id()).iterator().hasNext();
        if (gone || (unpublished && ledger.chunks().unpublished(run.id()).isEmpty())) {
            ledger.chunks().forget(run.id());
            long items = ledger.items().reopen(run.id());
            RunCompletion.settle(ledger, run.id());
            return Optional.of(
                    "run " + run.id() + ": " + items
                            + " items were fetched and not published, and what was staged of them is gone; they are fetched again");
        }
        return Optional.empty();
    }

    private void note(Run run, PublicationRecord publication, List<TableCommit> landed) {
        for (TableCommit commit : landed) {
            String table = commit.table().label();
            ledger.publications().committed(publication.id(), table, commit.snapshotId(), commit.rows());
            ledger.publications()
                    .files(
                            publication.id(),
                            lake.table(commit.table()).snapshot(commit.snapshotId()).addedDigests().stream()
                                    .map(file -> new PublishedFile(table, file.path(), file.bytes(), file.sha256()))
                                    .toList());
        }
        ledger.publications().complete(publication.id());
        ledger.chunks().markPublished(run.id(), publication.id());
        ledger.items().markPublished(run.id(), publication.id());
        RunCompletion.settle(ledger, run.id());
    }
}
