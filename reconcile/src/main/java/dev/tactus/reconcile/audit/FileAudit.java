package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Every data file of every table, in whatever snapshot, and the metadata that names them, against the digests that
/// were
/// noted when they were written.
final class FileAudit {
    private final Lake lake;
    private final AuditScope scope;

    FileAudit(Lake lake, AuditScope scope) {
        this.lake = lake;
        this.scope = scope;
    }

    void prove() {
        // first: it says which data files there are
        Count metadata = new Count();
        for (LakeTable table : LakeTable.values()) {
            metadata.add(lake.table(table).metadataVerdicts(), "the digest of the metadata file");
        }
        for (LakeTable table : LakeTable.values()) {
            switch (lake.table(table).leads()) {
                case HERE -> {}
                case BEFORE ->
                    scope.unfinished("readers by path of " + table.label()
                            + " are led to an earlier state of it; the next command that changes or reads the lake"
                            + " mends that");
                case ASTRAY ->
                    throw new AuditMismatch(
                            "version-hint.text of " + table.label(),
                            "another hand has changed it: readers by path are led astray. The next command that reads"
                                    + " the lake mends that");
            }
        }
        Count data = new Count();
        for (LakeTable table : LakeTable.values()) {
            data.add(lake.table(table).verdicts(), "the digest of the data file");
        }
        scope.looked("tables", LakeTable.values().length);
        scope.looked("data files", data.all());
        scope.looked("metadata files", metadata.all());
        scope.proven(data.said("data files"));
        scope.proven(metadata.said("metadata files"));
        if (lake.ownership().isTakenOver() && !lake.ownership().isSealed()) {
            scope.unverified(Optional.of("whether digests were taken out of the catalog, which an earlier version has"
                    + " noted without a seal; the next command that changes the lake seals them"));
        }
        scope.unverified(data.unverified("data files"));
        scope.unverified(metadata.unverified("metadata files"));
    }

    /// How many files are what, as far as none is damaged.
    private static final class Count {
        private long sound;
        private long taken;
        private long unnoted;
        private Instant since = Instant.MAX;

        void add(List<FileVerdict> verdicts, String digest) {
            for (FileVerdict verdict : verdicts) {
                switch (verdict) {
                    case FileVerdict.Sound _ -> sound++;
                    case FileVerdict.TakenOver old -> {
                        taken++;
                        since = old.at().isBefore(since) ? old.at() : since;
                    }
                    case FileVerdict.Unnoted _ -> unnoted++;
                    case FileVerdict.Changed changed ->
                        AuditMismatch.unlessSame(
                                changed.path() + " of " + changed.table().label(),
                                digest,
                                changed.noted(),
                                changed.found());
                    case FileVerdict.Missing missing ->
                        throw new AuditMismatch(
                                missing.path() + " of " + missing.table().label(), "the file is missing");
                }
            }
        }

        long all() {
            return sound + taken + unnoted;
        }

        String said(String what) {
            return String.format(
                    Locale.ROOT,
                    "%,d %s in %d tables: unchanged to the byte since they were written",
                    sound,
                    what,
                    LakeTable.values().length);
        }

        Optional<String> unverified(String what) {
            return taken + unnoted == 0
                    ? Optional.empty()
                    : Optional.of(String.format(
                                    Locale.ROOT, "%,d %s of versions that noted no digests", taken + unnoted, what)
                            + (taken == 0
                                    ? ""
                                    : String.format(Locale.ROOT, " (%,d of them unchanged since %s)", taken, since)));
        }
    }
}
