package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.audit.PayloadReader.AskedTrack;
import dev.tactus.reconcile.audit.PayloadReader.CountKey;
import dev.tactus.reconcile.audit.PayloadReader.KeptPayload;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The counts that the lake shows, derived anew from the bytes of the answers that they name.
///
/// Source by source, day by day, and in slices where a day is long, so that no more than some ten thousand counts are
/// held at once.
final class PayloadAudit {
    private static final long SLICED_FROM = 50_000;

    private final Lake lake;
    private final PayloadReader reader;
    private final int megabytes;
    private final AuditScope scope;
    private long counts;
    private long payloads;

    PayloadAudit(Lake lake, PayloadReader reader, int megabytes, AuditScope scope) {
        this.lake = lake;
        this.reader = reader;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    /// A table of counts, and the column that they stand in.
    private record Counted(LakeTable table, Dataset dataset, String column) {}

    private static final List<Counted> COUNTED = List.of(
            new Counted(LakeTable.DAILY_STREAMS, Dataset.STREAMS, "stream_count"),
            new Counted(LakeTable.DAILY_LISTENERS, Dataset.LISTENERS, "listener_count"));

    void prove() {
        try (Workbench bench = lake.workbench(megabytes)) {
            for (Counted counted : COUNTED) {
                for (DayOfSource day : QueryRows.list(
                        bench,
                        "SELECT source, day, count(*) FROM " + bench.relation(TablePart.all(counted.table()))
                                + " GROUP BY 1, 2 ORDER BY 1, 2",
                        row -> new DayOfSource(
                                String.valueOf(row.get(0)),
                                (LocalDate) Objects.requireNonNull(row.get(1)),
                                QueryRows.number(row.get(2))))) {
                    day(bench, counted, day);
                }
            }
        }
        scope.looked("answers", payloads);
        scope.looked("counts derived anew from them", counts);
        scope.proven(String.format(
                Locale.ROOT,
                "%,d counts of streams and listeners, derived anew from the bytes of %,d answers",
                counts,
                payloads));
    }

    private record DayOfSource(String source, LocalDate day, long rows) {}

    private record CountRow(String sha256, CountKey key, long count) {}

    private void day(Workbench bench, Counted counted, DayOfSource day) {
        long slices = 1;
        int digits = 0;
        while (day.rows() / slices > SLICED_FROM) {
            slices *= 16;
            digits++;
        }
        for (long slice = 0; slice < slices; slice++) {
            slice(bench, counted, day, digits == 0 ? "" : HexFormat.of().toHexDigits(slice, digits));
        }
    }

    /// @param prefix how the digests of the slice begin
    private void slice(Workbench bench, Counted counted, DayOfSource day, String prefix) {
        SqlResource query = SqlResource.of(PayloadAudit.class, "counts_of_day")
                .insert("counts", bench.relation(TablePart.days(counted.table(), day.source(), day.day(), day.day())))
                .insert("column", counted.column())
                .with("source", day.source())
                .with("day", day.day())
                .with("prefix", prefix + "%");
        Map<String, Map<CountKey, Long>> shown = new HashMap<>();
        for (CountRow row : QueryRows.list(
                bench,
                query.text(),
                row -> new CountRow(
                        String.valueOf(row.get(0)),
                        new CountKey(
                                String.valueOf(row.get(1)), String.valueOf(row.get(2)), String.valueOf(row.get(3))),
                        QueryRows.number(row.get(4))))) {
            shown.computeIfAbsent(row.sha256(), _ -> new HashMap<>()).merge(row.key(), row.count(), Long::sum);
        }
        if (shown.isEmpty()) {
            return;
        }
        SqlResource bodies = SqlResource.of(PayloadAudit.class, "bodies")
                .insert("payloads", bench.relation(TablePart.source(LakeTable.PAYLOADS, day.source())))
                .with("digests", shown.keySet().stream().sorted().toList());
        bench.query(bodies.text(), new PayloadRows(row -> {
            String sha256 = String.valueOf(row.get(0));
            Map<CountKey, Long> said = Objects.requireNonNull(shown.remove(sha256));
            compare(
                    new KeptPayload(
                            day.source(),
                            counted.dataset(),
                            String.valueOf(row.get(1)),
                            String.valueOf(row.get(2)),
                            day.day(),
                            sha256,
                            (byte[]) Objects.requireNonNull(row.get(3)),
                            said.keySet().stream()
                                    .map(key -> new AskedTrack(key.isrc(), key.trackId()))
                                    .distinct()
                                    .toList()),
                    said);
        }));
        shown.keySet().stream().sorted().findFirst().ifPresent(sha256 -> {
            throw new AuditMismatch(
                    counted.table().label() + ", " + day.source() + " " + day.day(),
                    "it has counts of the payload " + sha256 + ", which is not in the lake");
        });
    }

    private void compare(KeptPayload payload, Map<CountKey, Long> shown) {
        String where = "payload " + payload.sha256() + " (" + payload.request() + ")";
        Map<CountKey, Long> derived;
        try {
            derived = reader.counts(payload)
                    .orElseThrow(() -> new AuditMismatch(
                            where,
                            "its counts can't be derived anew, for " + payload.source()
                                    + " is no source of the configuration any more; name it there"));
        } catch (PayloadReader.UnreadablePayload e) {
            throw new AuditMismatch(where, "no counts can be read from it: " + e.getMessage());
        }
        for (Map.Entry<CountKey, Long> one : derived.entrySet()) {
            AuditMismatch.unlessSame(
                    where,
                    "the count of " + text(one.getKey()) + " on " + payload.day(),
                    one.getValue(),
                    shown.getOrDefault(one.getKey(), -1L));
        }
        shown.keySet().stream()
                .filter(key -> !derived.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new AuditMismatch(
                            where,
                            "it has no count of " + text(key) + " on " + payload.day() + ", and the lake has one");
                });
        payloads++;
        counts += shown.size();
    }

    private static String text(CountKey key) {
        return key.isrc() + " (track " + key.trackId() + ") in " + key.territory();
    }
}
