package dev.tactus.reconcile.retention;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.retention.PreparedRetention;
import dev.tactus.lake.retention.ReleasedFile;
import dev.tactus.lake.retention.RetentionKind;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.retention.RetentionRecord;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.RetentionManifest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Lets bytes go that are old enough: answers as they were received, and rows of statements as they stood in the file.
/// What was read from them stays, and so do the digests.
///
/// In this order: files without those bytes are written, the manifest of the retention, then one commit puts the new
/// files in the place of the old; the ledger's record follows, and last the old files are deleted. [#settle] ends what
/// a kill has cut. The caller holds the ledger's lock.
public final class Retention {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final InstantSource clock;
    private final int megabytes;

    public Retention(Ledger ledger, Lake lake, ServiceSources services, InstantSource clock, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.clock = clock;
        this.megabytes = megabytes;
    }

    /// What would be let go; changes nothing.
    public RetentionOutcome preview(RetentionRequest request) {
        try (Workbench bench = lake.workbench(megabytes)) {
            RetentionKeys keys = new RetentionKeys(ledger, services, bench, request);
            try (PreparedRetention prepared = bench.release(keys.scope())) {
                return outcome(request, prepared, letters(request).size(), keys.kept(), Optional.empty());
            }
        }
    }

    /// Lets it go, on the record; nothing happens where there is nothing.
    public RetentionOutcome letGo(RetentionRequest request, String by, String reason) {
        settle();
        try (Workbench bench = lake.workbench(megabytes)) {
            RetentionKeys keys = new RetentionKeys(ledger, services, bench, request);
            try (PreparedRetention prepared = bench.release(keys.scope())) {
                Set<String> letters = letters(request);
                RetentionOutcome planned = outcome(request, prepared, letters.size(), keys.kept(), Optional.empty());
                if (planned.isEmpty()) {
                    return planned;
                }
                RetentionRecord record = record(planned, prepared, letters, by, reason);
                return outcome(request, prepared, letters.size(), keys.kept(), Optional.of(record));
            }
        }
    }

    private RetentionRecord record(
            RetentionOutcome planned, PreparedRetention prepared, Set<String> letters, String by, String reason) {
        Optional<RetentionRecord> previous = ledger.retentions().last();
        long number = previous.map(RetentionRecord::number).orElse(0L) + 1;
        RetentionRequest request = planned.request();
        String id = String.format(Locale.ROOT, "%04d-%s", number, request.kind().label());
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        RetentionRecord draft = new RetentionRecord(
                number,
                id,
                request.kind().label(),
                request.before(),
                by,
                reason,
                request.forced(),
                planned.rows(),
                planned.deadLetters(),
                RetentionManifest.path(id),
                "",
                previous.map(RetentionRecord::manifestSha256),
                at);
        CanonicalJson manifest = RetentionManifest.write(
                draft, ledger.periods().last().map(PeriodRecord::manifestSha256), prepared.files());
        // first: whoever finds a manifest asks for its digest
        lake.folder().put(RetentionManifest.sums(id), RetentionManifest.sums(id, manifest.sha256()));
        lake.folder().put(RetentionManifest.path(id), manifest.bytes());
        if (!prepared.files().isEmpty()) {
            prepared.commit(id);
        }
        return noted(RetentionManifest.of(lake, id).orElseThrow().record(), letters);
    }

    private RetentionRecord noted(RetentionRecord record, Set<String> letters) {
        ledger.transaction(() -> {
            ledger.retentions().add(record);
            ledger.deadLetters().letGo(letters);
        });
        lake.retention().delete(record.id());
        return record;
    }

    /// Dead letters keep their payloads in the ledger.
    private Set<String> letters(RetentionRequest request) {
        return request.kind() == RetentionKind.PAYLOADS
                ? ledger.deadLetters().payloadsBefore(request.moment(), request.forced())
                : Set.of();
    }

    private static RetentionOutcome outcome(
            RetentionRequest request,
            PreparedRetention prepared,
            long letters,
            List<String> kept,
            Optional<RetentionRecord> record) {
        List<ReleasedFile> files = prepared.files();
        return new RetentionOutcome(
                request,
                prepared.rows(),
                files.size(),
                files.stream()
                        .mapToLong(
                                file -> file.file().bytes() - file.replacement().bytes())
                        .sum(),
                letters,
                kept,
                record);
    }

    /// Ends what a kill has cut: a retention that was committed gets its record, one that was not is forgotten, and
    /// what
    /// should be gone is deleted.
    ///
    /// @return a line for each
    public List<String> settle() {
        List<String> lines = new ArrayList<>();
        for (String id : RetentionManifest.ids(lake)) {
            boolean noted = ledger.retentions().list().stream()
                    .anyMatch(record -> record.id().equals(id));
            Optional<RetentionManifest> manifest = noted ? Optional.empty() : RetentionManifest.of(lake, id);
            if (manifest.isPresent() && lake.retention().knows(id)) {
                RetentionRecord record = manifest.get().record();
                noted(
                        record,
                        letters(new RetentionRequest(
                                RetentionKind.valueOf(record.kind().toUpperCase(Locale.ROOT)),
                                record.before(),
                                record.forced())));
                lines.add("the retention " + id + ": it was committed and not noted; it is now");
            } else if (manifest.isPresent()) {
                lake.folder().delete(RetentionManifest.path(id));
                lake.folder().delete(RetentionManifest.sums(id));
                lines.add("the retention " + id + ": it was cut before anything went; begin it again");
            }
        }
        for (RetentionRecord record : ledger.retentions().list()) {
            if (lake.folder().sha256(RetentionManifest.sums(record.id())).isEmpty()) {
                lake.folder()
                        .put(
                                RetentionManifest.sums(record.id()),
                                RetentionManifest.sums(record.id(), record.manifestSha256()));
            }
            long bytes = lake.retention().delete(record.id());
            if (bytes > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "the retention %s: %,d bytes that should be gone were still there",
                        record.id(),
                        bytes));
            }
        }
        return lines;
    }
}
