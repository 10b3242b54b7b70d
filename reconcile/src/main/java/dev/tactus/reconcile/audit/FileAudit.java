package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.util.Locale;

/// Every data file of every table, in whatever snapshot, against the digest that was noted when it was written.
final class FileAudit {
    private final Lake lake;
    private final AuditScope scope;

    FileAudit(Lake lake, AuditScope scope) {
        this.lake = lake;
        this.scope = scope;
    }

    void prove() {
        long sound = 0;
        long unnoted = 0;
        for (LakeTable table : LakeTable.values()) {
            for (FileVerdict verdict : lake.table(table).verdicts()) {
                switch (verdict) {
                    case FileVerdict.Sound _ -> sound++;
                    case FileVerdict.Unnoted _ -> unnoted++;
                    case FileVerdict.Changed changed ->
                        AuditMismatch.unlessSame(
                                changed.path(), "the digest of the data file", changed.noted(), changed.found());
                    case FileVerdict.Missing missing ->
                        throw new AuditMismatch(missing.path(), "the data file is missing");
                }
            }
        }
        scope.looked("tables", LakeTable.values().length);
        scope.looked("data files", sound + unnoted);
        scope.proven(String.format(
                Locale.ROOT,
                "%,d data files in %d tables: unchanged to the byte since they were written%s",
                sound,
                LakeTable.values().length,
                unnoted == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; %,d more are of versions that noted no digests, nobody can say whether they are",
                                unnoted)));
    }
}
