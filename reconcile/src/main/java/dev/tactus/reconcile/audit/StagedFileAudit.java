package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.nio.file.Path;
import java.util.List;

/// What a run that is not over has fetched and not published yet: its staged files are what the ledger has noted.
final class StagedFileAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final Run run;
    private final AuditScope scope;

    StagedFileAudit(Ledger ledger, Lake lake, Run run, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.run = run;
        this.scope = scope;
    }

    void prove() {
        boolean visible = ledger.publications().list(run.id()).stream()
                .filter(publication -> publication.completedAt().isEmpty())
                .anyMatch(publication -> !lake.landed(publication.id()).isEmpty());
        if (visible) {
            // they have done their work, and only the note of it is missing
            return;
        }
        List<ChunkFile> staged = ledger.chunks().unpublished(run.id());
        try {
            lake.staging()
                    .check(staged.stream()
                            .map(chunk -> new StagedFile(
                                    RunAudit.table(chunk.table()),
                                    Path.of(chunk.path()),
                                    chunk.rows(),
                                    chunk.bytes(),
                                    chunk.sha256()))
                            .toList());
        } catch (LakeDamaged e) {
            throw new AuditMismatch(
                    "run " + run.id() + ", which is not published",
                    e.getMessage() + "; tactus runs abandon " + run.id() + " gives this one up");
        }
        scope.looked("staged files", staged.size());
    }
}
