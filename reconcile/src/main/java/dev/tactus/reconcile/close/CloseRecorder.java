package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.retention.RetentionRecord;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.close.PeriodCloser.Step;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.files.PeriodCsv;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.CloseManifest;
import dev.tactus.reconcile.manifest.RetentionManifest;
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
import org.jspecify.annotations.Nullable;

/// Puts a close, or the reopening of one, on the record: tags, CSVs, manifest, the ledger's record and the digests that
/// say so, in this order.
final class CloseRecorder {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final InstantSource clock;
    private final String codeVersion;
    private final Consumer<Step> steps;
    private final int megabytes;
    private final CloseFolder folder;
    private Optional<Path> copies = Optional.empty();

    CloseRecorder(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            InstantSource clock,
            String codeVersion,
            int megabytes,
            Consumer<Step> steps) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.clock = clock;
        this.codeVersion = codeVersion;
        this.megabytes = megabytes;
        this.steps = steps;
        this.folder = new CloseFolder(lake);
    }

    /// The manifests will say that copies for people lie there.
    void copiesIn(Path people) {
        copies = Optional.of(people);
    }

    /// Ends what a kill has cut after the ledger's record.
    void settle() {
        folder.settle(ledger.periods().list());
    }

    /// Who has closed it: one who prepared it, and where a second person is needed, who approved it.
    record Hands(Signature prepared, Instant at, Optional<Signature> approved) {}

    /// The next link of the chain: what a close and a reopening have in common.
    private record Link(
            long number,
            String id,
            String source,
            Period period,
            String by,
            Optional<PeriodRecord> previous,
            Optional<String> retention) {
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
            // whoever invents a retention afterwards can't hang it on this chain
            content.put(RetentionManifest.HEAD, retention.orElse(null));
            return content;
        }
    }

    private Link next(String source, Period period, String by, String suffix) {
        Optional<PeriodRecord> previous = ledger.periods().last();
        long number = previous.map(PeriodRecord::number).orElse(0L) + 1;
        String id = String.format(Locale.ROOT, "%04d-%s-%s%s", number, source, period.label(), suffix);
        Optional<String> retention = ledger.retentions().last().map(RetentionRecord::manifestSha256);
        return new Link(number, id, source, period, by, previous, retention);
    }

    PeriodRecord close(
            Reconciliation done, Coverage coverage, Completeness completeness, Hands hands, Optional<String> accept) {
        String source = done.source();
        Link link = next(source, done.period(), hands.prepared.name(), "");
        folder.clear(link.number);
        String tag = "close-" + link.id;
        lake.tag(tag, done.snapshots());
        steps.accept(Step.TAGGED);
        Map<String, @Nullable Object> content = link.head("close");
        Map<String, @Nullable Object> prepared = hands.prepared.json();
        prepared.put("at", hands.at.truncatedTo(ChronoUnit.MICROS).toString());
        content.put("prepared", prepared);
        content.put("approved", hands.approved.map(Signature::json).orElse(null));
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
        done.rules()
                .home()
                .ifPresent(home -> content.put(
                        "home", ManifestJson.home(home, done.totals().revenues())));
        content.put("coverage", ManifestJson.coverage(coverage));
        content.put(
                "adjustments",
                done.adjustments().stream().map(ManifestJson::adjustment).toList());
        if (!done.kept().isEmpty()) {
            content.put(
                    "kept_decisions",
                    done.kept().stream().map(ManifestJson::kept).toList());
        }
        PeriodParts parts = new PeriodParts(source, done.period());
        List<Map<String, Object>> tables = tables(parts, done.snapshots());
        content.put("tables", tables);
        csv(link, parts, done.snapshots(), done.rules().home(), content, tables);
        return record(link, content, accept, Optional.empty());
    }

    PeriodRecord reopen(PeriodRecord close, String by, String reason) {
        Link link = next(close.source(), new Period(close.from(), close.to()), by, "-reopened");
        folder.clear(link.number);
        Map<String, @Nullable Object> content = link.head("reopen");
        content.put("reason", reason);
        content.put("reopens", close.id());
        content.put("reopens_number", close.number());
        content.put("reopens_sha256", close.manifestSha256());
        return record(link, content, Optional.of(reason), Optional.of(close.number()));
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
                                .map(CloseRecorder::file)
                                .toList()));
            }
        });
        return tables;
    }

    private static Map<String, Object> file(FileDigest file) {
        return Map.of("path", file.path(), "rows", file.rows(), "bytes", file.bytes(), "sha256", file.sha256());
    }

    /// Writes the CSVs and what the manifest says of them.
    private void csv(
            Link link,
            PeriodParts parts,
            Map<LakeTable, Long> snapshots,
            Optional<HomeCurrency> home,
            Map<String, @Nullable Object> content,
            List<Map<String, Object>> tables) {
        String path = CloseManifest.path(link.id, ".csv");
        String adjustmentsPath = CloseManifest.path(link.id, "-adjustments.csv");
        try (Workbench bench = lake.workbench(megabytes, snapshots)) {
            PeriodCsv csv = new PeriodCsv(bench, parts, home);
            CanonicalCsv.Digest rows = folder.csv(path, csv::reconciled);
            CanonicalCsv.Digest adjustments = folder.csv(adjustmentsPath, csv::adjustments);
            content.put("csv", csv(rows, path, link, ".csv"));
            content.put("adjustments_csv", csv(adjustments, adjustmentsPath, link, "-adjustments.csv"));
            content.put("merkle", CloseFolder.merkle(rows, adjustments, tables));
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
            Link link, Map<String, @Nullable Object> content, Optional<String> reason, Optional<Long> reopens) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        content.put("at", at.toString());
        CanonicalJson manifest = CanonicalJson.of(content);
        PeriodRecord record = new PeriodRecord(
                link.number,
                link.id,
                link.source,
                link.period.from(),
                link.period.to(),
                link.by,
                reason,
                reopens,
                CloseManifest.path(link.id, ".json"),
                manifest.sha256(),
                link.previous.map(PeriodRecord::manifestSha256),
                at);
        CloseManifest drafted = CloseManifest.of(record, manifest);
        folder.draft(drafted, manifest);
        steps.accept(Step.MANIFEST_WRITTEN);
        ledger.transaction(() -> {
            ledger.periods().add(record);
            ledger.closePreparations().remove(record.source(), record.from(), record.to());
        });
        steps.accept(Step.RECORDED);
        folder.recorded(drafted);
        return record;
    }
}
