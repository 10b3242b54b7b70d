package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.close.CloseListener.Step;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.ReconcileQuery;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.ChainAudit;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private final Function<ItemCounts, List<String>> tolerance;
    private final InstantSource clock;
    private final String codeVersion;
    private final CloseListener steps;
    private final int megabytes;

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
        this(ledger, lake, services, rules, tolerance, clock, codeVersion, megabytes, CloseListener.uneventful());
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
            CloseListener steps) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.reconciler = new Reconciler(ledger, lake, services, rules, megabytes);
        this.tolerance = tolerance;
        this.clock = clock;
        this.codeVersion = codeVersion;
        this.megabytes = megabytes;
        this.steps = steps;
    }

    /// The files of the inputs that a period stands on.
    static Map<LakeTable, TablePart> inputs(String source, Period period) {
        Map<LakeTable, TablePart> parts = new EnumMap<>(LakeTable.class);
        parts.put(LakeTable.DAILY_STREAMS, ReconcileQuery.streams(source, period));
        parts.put(LakeTable.SALES, ReconcileQuery.sales(period));
        parts.put(LakeTable.USAGE_MATCHES, TablePart.all(LakeTable.USAGE_MATCHES));
        return parts;
    }

    /// Those, and the files of what it came to.
    static Map<LakeTable, TablePart> parts(String source, Period period) {
        Map<LakeTable, TablePart> parts = inputs(source, period);
        parts.put(LakeTable.RECONCILED, Reconciler.reconciled(source, period));
        parts.put(LakeTable.ADJUSTMENTS, Reconciler.adjustments(source, period));
        return parts;
    }

    /// Closes a period.
    ///
    /// @param accept why it is closed although incomplete; absent where it must be complete
    /// @throws PeriodRefused if it overlaps a closed one
    /// @throws DoesNotAddUp if the record of earlier closes was changed
    public CloseOutcome close(String source, Period period, String by, Optional<String> accept) {
        for (PeriodRecord record : ledger.periods().inForce(source)) {
            if (new Period(record.from(), record.to()).equals(period)) {
                return new CloseOutcome.AlreadyClosed(record);
            }
        }
        ChainAudit.requireSound(ledger, lake);
        Reconciliation done = reconciler.reconcile(source, period);
        steps.reached(Step.RECONCILED);
        Coverage coverage = reconciler.coverage(source, period);
        Completeness completeness =
                Completeness.judge(period, clock.instant(), coverage, done.totals(), done.rules(), tolerance);
        if (!completeness.complete() && accept.isEmpty()) {
            return new CloseOutcome.Refused(done, coverage, completeness);
        }
        Optional<PeriodRecord> previous = ledger.periods().last();
        long number = previous.map(PeriodRecord::number).orElse(0L) + 1;
        String id = String.format(Locale.ROOT, "%04d-%s-%s", number, source, period.label());
        String tag = "close-" + id;
        lake.tag(tag, done.snapshots());
        steps.reached(Step.TAGGED);
        Map<String, @Nullable Object> content = head("close", number, id, source, period, by, previous);
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
        content.put("tables", tables(source, period, done.snapshots()));
        csv(source, period, done.snapshots(), content);
        return new CloseOutcome.Done(
                record(content, number, id, source, period, by, accept, Optional.empty(), previous),
                done,
                coverage,
                completeness);
    }

    /// Opens a closed period again. What stood on it stays in its tags and its manifest.
    ///
    /// @throws PeriodRefused if it is not closed
    /// @throws DoesNotAddUp if the record of earlier closes was changed
    public PeriodRecord reopen(String source, Period period, String by, String reason) {
        PeriodRecord close = ledger.periods().inForce(source).stream()
                .filter(one -> new Period(one.from(), one.to()).equals(period))
                .findFirst()
                .orElseThrow(() -> new PeriodRefusal(source + " " + period + " is not closed"));
        ChainAudit.requireSound(ledger, lake);
        Optional<PeriodRecord> previous = ledger.periods().last();
        long number = previous.map(PeriodRecord::number).orElse(0L) + 1;
        String id = String.format(Locale.ROOT, "%04d-%s-%s-reopened", number, source, period.label());
        Map<String, @Nullable Object> content = head("reopen", number, id, source, period, by, previous);
        content.put("reason", reason);
        content.put("reopens", close.id());
        content.put("reopens_number", close.number());
        content.put("reopens_sha256", close.manifestSha256());
        return record(
                content, number, id, source, period, by, Optional.of(reason), Optional.of(close.number()), previous);
    }

    private Map<String, @Nullable Object> head(
            String kind,
            long number,
            String id,
            String source,
            Period period,
            String by,
            Optional<PeriodRecord> previous) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("format", "tactus-close/1");
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
                "previous_sha256", previous.map(PeriodRecord::manifestSha256).orElse(null));
        return content;
    }

    private List<Map<String, Object>> tables(String source, Period period, Map<LakeTable, Long> snapshots) {
        List<Map<String, Object>> tables = new ArrayList<>();
        parts(source, period).forEach((table, part) -> {
            Long snapshot = snapshots.get(table);
            if (snapshot != null) {
                tables.add(Map.of(
                        "table",
                        table.label(),
                        "snapshot_id",
                        snapshot,
                        "files",
                        lake.digests(part, snapshot).stream()
                                .map(PeriodCloser::file)
                                .toList()));
            }
        });
        return tables;
    }

    private static Map<String, Object> file(FileDigest file) {
        return Map.of("path", file.path(), "rows", file.rows(), "bytes", file.bytes(), "sha256", file.sha256());
    }

    private void csv(
            String source, Period period, Map<LakeTable, Long> snapshots, Map<String, @Nullable Object> content) {
        try (Workbench bench = lake.workbench(megabytes, snapshots)) {
            PeriodCsv csv = new PeriodCsv(bench, source, period);
            content.put("csv", ManifestJson.csv(csv.reconciled(OutputStream.nullOutputStream())));
            content.put("adjustments_csv", ManifestJson.csv(csv.adjustments(OutputStream.nullOutputStream())));
        }
    }

    private PeriodRecord record(
            Map<String, @Nullable Object> content,
            long number,
            String id,
            String source,
            Period period,
            String by,
            Optional<String> reason,
            Optional<Long> reopens,
            Optional<PeriodRecord> previous) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        content.put("at", at.toString());
        CanonicalJson manifest = CanonicalJson.of(content);
        String path = "closes/" + id + ".json";
        lake.put(path, manifest.bytes());
        steps.reached(Step.MANIFEST_WRITTEN);
        PeriodRecord record = new PeriodRecord(
                number,
                id,
                source,
                period.from(),
                period.to(),
                by,
                reason,
                reopens,
                path,
                manifest.sha256(),
                previous.map(PeriodRecord::manifestSha256),
                at);
        ledger.periods().add(record);
        steps.reached(Step.RECORDED);
        return record;
    }
}
