package dev.tactus.reconcile.manifest;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.reconcile.IntegrityFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Every close and reopening from the first on: the ledger's record, the manifest's digest, what the two say, and that
/// each names the one before.
public final class ChainAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final List<String> proven;

    public ChainAudit(Ledger ledger, Lake lake, List<String> proven) {
        this.ledger = ledger;
        this.lake = lake;
        this.proven = proven;
    }

    /// Whatever is closed next names the record before it, so that what stands there has to be what was put there.
    ///
    /// @throws IntegrityFailure if it is not
    public static void requireSound(Ledger ledger, Lake lake) {
        try {
            new ChainAudit(ledger, lake, new ArrayList<>()).prove();
        } catch (AuditMismatch e) {
            throw new IntegrityFailure("the record of earlier closes was changed, first at " + e.where() + ": "
                    + e.what() + ". Nothing was closed or reopened; restore the manifest or the ledger from a backup");
        }
    }

    public void prove() {
        Optional<PeriodRecord> previous = Optional.empty();
        for (PeriodRecord record : ledger.periods().list()) {
            String where = "the ledger's record " + record.number();
            AuditMismatch.unlessSame(
                    where, "its number", previous.map(PeriodRecord::number).orElse(0L) + 1, record.number());
            CanonicalJson manifest = CloseManifest.manifest(lake, record)
                    .orElseThrow(() -> new AuditMismatch(record.manifest(), "the manifest is missing"));
            AuditMismatch.unlessSame(
                    record.manifest(),
                    "the digest of the manifest, as the ledger's record " + record.number() + " has it,",
                    record.manifestSha256(),
                    manifest.sha256());
            JsonNode says = manifest.read()
                    .orElseThrow(() -> new AuditMismatch(record.manifest(), "the manifest is not valid JSON"));
            compare(where, record, says);
            Optional<String> before = previous.map(PeriodRecord::manifestSha256);
            AuditMismatch.unlessSame(where, "the digest of the previous one", before, record.previousSha256());
            AuditMismatch.unlessSame(
                    record.manifest(), "the digest of the previous one", before, text(says, "previous_sha256"));
            retention(record, says);
            previous = Optional.of(record);
        }
        proven.add(previous.map(last -> "the chain of "
                        + MessageText.counted(last.number(), "close or reopening", "closes and reopenings") + ", up to "
                        + last.id())
                .orElse("the chain of closes: empty, nothing was ever closed"));
    }

    /// A close names the last retention before it; those of before name none.
    private void retention(PeriodRecord record, JsonNode says) {
        text(says, RetentionManifest.HEAD)
                .filter(head -> ledger.retentions().list().stream()
                        .noneMatch(retention -> retention.manifestSha256().equals(head)))
                .ifPresent(head -> {
                    throw new AuditMismatch(
                            record.manifest(), "the retention that it names, " + head + ", is not in the ledger");
                });
    }

    private static void compare(String where, PeriodRecord record, JsonNode says) {
        same(where, says, "kind", record.closes() ? "close" : "reopen");
        same(where, says, "number", Long.toString(record.number()));
        same(where, says, "id", record.id());
        same(where, says, "source", record.source());
        same(where, says, "from", record.from().toString());
        same(where, says, "to", record.to().toString());
        same(where, says, "by", record.by());
        same(where, says, "at", record.at().toString());
        AuditMismatch.unlessSame(
                where, "the reason", text(says, record.closes() ? "accepted" : "reason"), record.reason());
        AuditMismatch.unlessSame(
                where,
                "what it reopens",
                text(says, "reopens_number"),
                record.reopens().map(Object::toString));
        AuditMismatch.unlessSame(where, "the manifest's path", "closes/" + record.id() + ".json", record.manifest());
    }

    private static void same(String where, JsonNode says, String field, String recorded) {
        AuditMismatch.unlessSame(
                where,
                "the field " + field + ", as the manifest has it,",
                text(says, field).orElse(""),
                recorded);
    }

    private static Optional<String> text(JsonNode says, String field) {
        JsonNode value = says.path(field);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }
}
