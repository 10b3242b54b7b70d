package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageFinder;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.files.PeriodCsv;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.ChainAudit;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Closes a source's period for good, and opens one again, on the record.
///
/// A close reconciles once more, tags the snapshots of every table it stands on, writes a manifest that names them to
/// the byte, and notes it in the ledger. The ledger's record is the moment: killed before it nothing is closed, and the
/// same command does it over, tags and manifest included; the manifest names the digest of the one before it. The
/// caller holds the ledger's lock.
public final class PeriodCloser {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final Reconciler reconciler;
    private final CoverageFinder coverages;
    private final Function<ItemCounts, List<String>> tolerance;
    private final InstantSource clock;
    private final String codeVersion;
    private final Consumer<Step> steps;
    private final int megabytes;
    private final CloseFolder folder;
    private Optional<Path> copies = Optional.empty();

    /// @param tolerance the operator's, which judges runs too: a sentence for each state of items that it exceeds
    public PeriodCloser(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            ReconciliationRules rules,
            Function<ItemCounts, List<String>> tolerance,
            InstantSource clock,
            String codeVersion,
            int megabytes) {
        this(ledger, lake, services, rules, tolerance, clock, codeVersion, megabytes, _ -> {});
    }

    PeriodCloser(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            ReconciliationRules rules,
            Function<ItemCounts, List<String>> tolerance,
            InstantSource clock,
            String codeVersion,
            int megabytes,
            Consumer<Step> steps) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.reconciler = new Reconciler(ledger, lake, services, rules, megabytes);
        this.coverages = new CoverageFinder(ledger, lake, services, megabytes);
        this.tolerance = tolerance;
        this.clock = clock;
        this.codeVersion = codeVersion;
        this.megabytes = megabytes;
        this.steps = steps;
        this.folder = new CloseFolder(lake);
    }

    /// The manifests will say where the files for people lie, so that those are checked too.
    public PeriodCloser withCopiesIn(Path people) {
        copies = Optional.of(people);
        return this;
    }

    /// The moments of a close between which a crash makes a difference, in order.
    enum Step {
        RECONCILED,
        TAGGED,
        MANIFEST_WRITTEN,
        RECORDED
    }

    /// The next link of the chain: what a close and a reopening have in common.
    private record Link(
            long number, String id, String source, Period period, String by, Optional<PeriodRecord> previous) {
        Map<String, @Nullable Object> head(String kind) {
            Map<String, @Nullable Object> content = new LinkedHashMap<>();
            content.put("format", "tactus-close/2");
            content.put("kind", kind);
            content.put("number", number);
            content.put("id", id);
            content.put("source", source);
            content.put("period", period.label());
            content.put("from", period.from().toString());
            content.put("to", period.to().toString());
            content.put("by", by);
            content.put("previous_id", previous.map(PeriodRecord::id).orElse(null));
            content.put(
                    "previous_sha256",
                    previous.map(PeriodRecord::manifestSha256).orElse(null));
            return content;
        }
    }

    private Link next(String source, Period period, String by, String suffix) {
        Optional<PeriodRecord> previous = ledger.periods().last();
        long number = previous.map(PeriodRecord::number).orElse(0L) + 1;
        String id = String.format(Locale.ROOT, "%04d-%s-%s%s", number, source, period.label(), suffix);
        return new Link(number, id, source, period, by, previous);
    }

    /// Closes a period.
    ///
    /// @param accept why it is closed although incomplete; absent where it must be complete
    /// @throws PeriodRefusal if it overlaps a closed one
    /// @throws dev.tactus.reconcile.IntegrityFailure if the record of earlier closes was changed
    public CloseOutcome close(String source, Period period, String by, Optional<String> accept) {
        for (PeriodRecord record : ledger.periods().inForce(source)) {
            if (new Period(record.from(), record.to()).equals(period)) {
                return new CloseOutcome.AlreadyClosed(record);
            }
        }
        ChainAudit.requireSound(ledger, lake);
        Reconciliation done = reconciler.reconcile(source, period);
        steps.accept(Step.RECONCILED);
        Coverage coverage = coverages.find(source, period);
        Completeness completeness =
                Completeness.judge(period, clock.instant(), coverage, done.totals(), done.rules(), tolerance);
        if (!completeness.complete() && accept.isEmpty()) {
            return new CloseOutcome.Refused(done, coverage, completeness);
        }
        Link link = next(source, period, by, "");
        folder.clear(link.number);
        String tag = "close-" + link.id;
        lake.tag(tag, done.snapshots());
        steps.accept(Step.TAGGED);
        Map<String, @Nullable Object> content = link.head("close");
        content.put("accepted", accept.orElse(null));
        content.put("incomplete_because", completeness.reasons());
        content.put("tag", tag);
        content.put("code_version", codeVersion);
        content.put("java_version", Runtime.version().toString());
        content.put("reconciliation_id", done.id());
        content.put("catalog_hash", ledger.recordings().hash().orElse(""));
        content.put("rules", done.rules().written());
        content.put("services", services.of(source));
        content.put("totals", ManifestJson.totals(done.totals()));
        content.put("coverage", ManifestJson.coverage(coverage));
        content.put(
                "adjustments",
                done.adjustments().stream().map(ManifestJson::adjustment).toList());
        PeriodParts parts = new PeriodParts(source, period);
        List<Map<String, Object>> tables = tables(parts, done.snapshots());
        content.put("tables", tables);
        Map<String, String> csvs = csv(link, parts, done.snapshots(), content, tables);
        return new CloseOutcome.Done(
                record(link, content, csvs, accept, Optional.empty()), done, coverage, completeness);
    }

    /// Opens a closed period again. What stood on it stays in its tags and its manifest.
    ///
    /// @throws PeriodRefusal if it is not closed
    /// @throws dev.tactus.reconcile.IntegrityFailure if the record of earlier closes was changed
    public PeriodRecord reopen(String source, Period period, String by, String reason) {
        PeriodRecord close = ledger.periods().inForce(source).stream()
                .filter(one -> new Period(one.from(), one.to()).equals(period))
                .findFirst()
                .orElseThrow(() -> new PeriodRefusal(source + " " + period + " is not closed"));
        ChainAudit.requireSound(ledger, lake);
        Link link = next(source, period, by, "-reopened");
        folder.clear(link.number);
        Map<String, @Nullable Object> content = link.head("reopen");
        content.put("reason", reason);
        content.put("reopens", close.id());
        content.put("reopens_number", close.number());
        content.put("reopens_sha256", close.manifestSha256());
        return record(link, content, Map.of(), Optional.of(reason), Optional.of(close.number()));
    }

    private List<Map<String, Object>> tables(PeriodParts parts, Map<LakeTable, Long> snapshots) {
        List<Map<String, Object>> tables = new ArrayList<>();
        parts.all().forEach((table, part) -> {
            Long snapshot = snapshots.get(table);
            if (snapshot != null) {
                tables.add(Map.of(
                        "table",
                        table.label(),
                        "snapshot_id",
                        snapshot,
                        "files",
                        lake.table(part.table()).snapshot(snapshot).digests(part).stream()
                                .map(PeriodCloser::file)
                                .toList()));
            }
        });
        return tables;
    }

    private static Map<String, Object> file(FileDigest file) {
        return Map.of("path", file.path(), "rows", file.rows(), "bytes", file.bytes(), "sha256", file.sha256());
    }

    /// Writes the CSVs and what the manifest says of them; returns their digests by path.
    private Map<String, String> csv(
            Link link,
            PeriodParts parts,
            Map<LakeTable, Long> snapshots,
            Map<String, @Nullable Object> content,
            List<Map<String, Object>> tables) {
        String path = CloseFolder.path(link.id, ".csv");
        String adjustmentsPath = CloseFolder.path(link.id, "-adjustments.csv");
        try (Workbench bench = lake.workbench(megabytes, snapshots)) {
            PeriodCsv csv = new PeriodCsv(bench, parts);
            CanonicalCsv.Digest rows = folder.csv(path, csv::reconciled);
            CanonicalCsv.Digest adjustments = folder.csv(adjustmentsPath, csv::adjustments);
            content.put("csv", csv(rows, path, link, ".csv"));
            content.put("adjustments_csv", csv(adjustments, adjustmentsPath, link, "-adjustments.csv"));
            content.put("merkle", CloseFolder.merkle(rows, adjustments, tables));
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put(path, rows.sha256());
            digests.put(adjustmentsPath, adjustments.sha256());
            return digests;
        }
    }

    private Map<String, Object> csv(CanonicalCsv.Digest written, String path, Link link, String kind) {
        Map<String, Object> json = new LinkedHashMap<>(ManifestJson.csv(written));
        json.put("path", path);
        copies.ifPresent(people ->
                json.put("copy", folder.seenFromHere(people.resolve(link.source + "-" + link.period.label() + kind))));
        return json;
    }

    private PeriodRecord record(
            Link link,
            Map<String, @Nullable Object> content,
            Map<String, String> csvs,
            Optional<String> reason,
            Optional<Long> reopens) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        content.put("at", at.toString());
        CanonicalJson manifest = CanonicalJson.of(content);
        folder.manifest(link.id, manifest, csvs);
        steps.accept(Step.MANIFEST_WRITTEN);
        PeriodRecord record = new PeriodRecord(
                link.number,
                link.id,
                link.source,
                link.period.from(),
                link.period.to(),
                link.by,
                reason,
                reopens,
                CloseFolder.path(link.id, ".json"),
                manifest.sha256(),
                link.previous.map(PeriodRecord::manifestSha256),
                at);
        ledger.periods().add(record);
        steps.accept(Step.RECORDED);
        return record;
    }
}
