package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.audit.PayloadReader.AskedTrack;
import dev.tactus.reconcile.audit.PayloadReader.KeptPayload;
import dev.tactus.reconcile.audit.PayloadReader.RowKey;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The counts, demographics and metadata that the lake shows, derived anew from the bytes of the answers that they
/// name.
///
/// Source by source, day by day, and in slices where a day is long, so that no more than some ten thousand rows are
/// held at once. Answers that were let go are counted: of their rows nobody can prove any more what was received.
final class PayloadAudit {
    private static final long SLICED_FROM = 50_000;

    private final Lake lake;
    private final PayloadReader reader;
    private final int megabytes;
    private final AuditScope scope;
    private final Map<LakeTable, Long> derived = new EnumMap<>(LakeTable.class);
    private long payloads;
    private long released;

    PayloadAudit(Lake lake, PayloadReader reader, int megabytes, AuditScope scope) {
        this.lake = lake;
        this.reader = reader;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    /// A table that answers are read into.
    ///
    /// @param part an expression of the row's key within its track
    /// @param value what the row says, as text
    private record Derived(LakeTable table, String what, String part, String value) {}

    private static final List<Derived> DERIVED = List.of(
            new Derived(LakeTable.TRACKS, "tracks' metadata", "''", """
                    concat_ws(' | ', coalesce(title, ''), coalesce(duration_ms, 0), coalesce(CAST("explicit" AS VARCHAR), ''),
                      coalesce(album_id, ''), coalesce(album_title, ''), coalesce(release_date, ''),
                      coalesce(array_to_string(list_transform(artists, lambda a: coalesce(a.id, '') || ' ' || a."name"), '; '), ''))"""),
            new Derived(LakeTable.DAILY_STREAMS, "counts of streams", "territory", "CAST(stream_count AS VARCHAR)"),
            new Derived(
                    LakeTable.DAILY_LISTENERS, "counts of listeners", "territory", "CAST(listener_count AS VARCHAR)"),
            new Derived(
                    LakeTable.LISTENER_DEMOGRAPHICS,
                    "demographics",
                    "territory || ' ' || age || ' ' || gender",
                    "CAST(listener_count AS VARCHAR)"));

    void prove() {
        try (Workbench bench = lake.workbench(megabytes)) {
            for (Derived counted : DERIVED) {
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
        List<String> said = new ArrayList<>();
        for (Derived one : DERIVED) {
            long rows = derived.getOrDefault(one.table(), 0L);
            scope.looked(one.what() + " derived anew", rows);
            said.add(String.format(Locale.ROOT, "%,d %s", rows, one.what()));
        }
        scope.proven(String.join(", ", said)
                + String.format(Locale.ROOT, ", derived anew from the bytes of %,d answers", payloads));
        if (released > 0) {
            scope.released(String.format(Locale.ROOT, "what was read from %,d answers that were let go", released));
        }
    }

    private record DayOfSource(String source, LocalDate day, long rows) {}

    private record ShownRow(String sha256, RowKey key, String value) {}

    private void day(Workbench bench, Derived counted, DayOfSource day) {
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
    private void slice(Workbench bench, Derived counted, DayOfSource day, String prefix) {
        SqlResource query = SqlResource.of(PayloadAudit.class, "rows_of_day")
                .insert("rows", bench.relation(TablePart.days(counted.table(), day.source(), day.day(), day.day())))
                .insert("part", counted.part())
                .insert("value", counted.value())
                .with("source", day.source())
                .with("day", day.day())
                .with("prefix", prefix + "%");
        Map<String, Map<RowKey, String>> shown = new HashMap<>();
        for (ShownRow row : QueryRows.list(
                bench,
                query.text(),
                row -> new ShownRow(
                        String.valueOf(row.get(0)),
                        new RowKey(String.valueOf(row.get(1)), String.valueOf(row.get(2)), String.valueOf(row.get(3))),
                        String.valueOf(row.get(4))))) {
            String before =
                    shown.computeIfAbsent(row.sha256(), _ -> new HashMap<>()).put(row.key(), row.value());
            if (before != null) {
                throw new AuditMismatch(
                        counted.table().label() + ", " + day.source() + " " + day.day(),
                        "the row of " + text(row.key()) + " is there twice");
            }
        }
        if (shown.isEmpty()) {
            return;
        }
        SqlResource bodies = SqlResource.of(PayloadAudit.class, "bodies")
                .insert("payloads", bench.relation(TablePart.source(LakeTable.PAYLOADS, day.source())))
                .with("digests", shown.keySet().stream().sorted().toList());
        bench.query(bodies.text(), new PayloadRows(row -> {
            String sha256 = String.valueOf(row.get(0));
            Map<RowKey, String> said = Objects.requireNonNull(shown.remove(sha256));
            if (row.get(3) == null) {
                released++;
                return;
            }
            compare(
                    new KeptPayload(
                            day.source(),
                            counted.table(),
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
                    "it has rows of the payload " + sha256 + ", which is not in the lake");
        });
    }

    private void compare(KeptPayload payload, Map<RowKey, String> shown) {
        String where = "payload " + payload.sha256() + " (" + payload.request() + "), "
                + payload.table().label();
        Map<RowKey, String> found;
        try {
            found = reader.rows(payload)
                    .orElseThrow(() -> new AuditMismatch(
                            where,
                            "its rows can't be derived anew, for " + payload.source()
                                    + " is no source of the configuration any more; name it there"));
        } catch (PayloadReader.UnreadablePayload e) {
            throw new AuditMismatch(where, "no rows can be read from it: " + e.getMessage());
        }
        for (Map.Entry<RowKey, String> one : found.entrySet()) {
            AuditMismatch.unlessSame(
                    where,
                    text(one.getKey()) + " on " + payload.day(),
                    one.getValue(),
                    shown.getOrDefault(one.getKey(), "nothing"));
        }
        shown.keySet().stream()
                .filter(key -> !found.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new AuditMismatch(
                            where,
                            "it has nothing of " + text(key) + " on " + payload.day() + ", and the lake has a row");
                });
        payloads++;
        derived.merge(payload.table(), (long) shown.size(), Long::sum);
    }

    private static String text(RowKey key) {
        return key.isrc() + " (track " + key.trackId() + ")" + (key.part().isEmpty() ? "" : " in " + key.part());
    }
}
