package dev.tactus.reconcile;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.Lake;
import dev.tactus.lake.iceberg.SalesFixture;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Isrc;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A ledger and a lake with a month of Spotify in it, written in the words of the tests.
public final class ReconcileFixture implements AutoCloseable {
    /// The defaults, but that the API's word alone closes a period.
    public static final ReconciliationRules LENIENT = new ReconciliationRules(
            new BigDecimal("0.01"), 5, Finality.FINAL, true, BigDecimal.ONE, new BigDecimal("0.05"));

    public static final Instant NOW = Instant.parse("2026-12-05T09:00:00Z");
    public static final Period OCTOBER = Period.parse("2026-10");

    private static final byte[] PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String PAYLOAD_SHA256 = Sha256.of(PAYLOAD).hex();

    final Path folder;
    public final Ledger ledger;
    public Lake lake;
    public final ServiceSources services = new ServiceSources(Map.of("spotify", List.of("spotify", "Spotify")));
    private final List<String> sales = new ArrayList<>();

    public ReconcileFixture(Path folder) {
        this.folder = folder;
        this.ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.fixed(NOW));
        this.lake = Lake.open(folder.resolve("lake"), new LakeSettings(128, 2, 16L << 20));
    }

    public static Isrc isrc(int number) {
        return new Isrc(String.format(Locale.ROOT, "QZTAC25%05d", number));
    }

    public static LocalDate october(int day) {
        return LocalDate.of(2026, 10, day);
    }

    /// A catalog of the recordings 0 to count − 1.
    public ReconcileFixture catalog(int count) {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            recordings.add(new Recording(
                    isrc(i),
                    "Song " + i,
                    List.of("Artist " + i),
                    "Artist " + i,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    0));
        }
        ledger.recordings().replaceWith("hash-" + count, recordings.iterator());
        return this;
    }

    /// A run of streams over days; its items are then given outcomes by [Fetch].
    public Fetch run(LocalDate from, LocalDate to) {
        Run run = ledger.runs().start("spotify", from, to, EnumSet.of(Dataset.STREAMS), "hash", "test");
        from.datesUntil(to.plusDays(1)).forEach(day -> ledger.items().plan(run.id(), Dataset.STREAMS, day));
        return new Fetch(run);
    }

    /// What a run fetches.
    public final class Fetch {
        final Run run;
        private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        private final List<ItemOutcome> other = new ArrayList<>();
        private final List<AwaitedItem> awaited = new ArrayList<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        private Fetch(Run run) {
            this.run = run;
        }

        /// A recording's streams on a day: territory and count by turns; none is a day without streams.
        public Fetch landed(int recording, LocalDate day, Object... territoriesAndCounts) {
            Map<String, Long> streams = new LinkedHashMap<>();
            for (int i = 0; i < territoriesAndCounts.length; i += 2) {
                streams.put((String) territoriesAndCounts[i], ((Number) territoriesAndCounts[i + 1]).longValue());
            }
            counts.put(recording + "|" + day, streams);
            return this;
        }

        public Fetch unavailable(int recording, LocalDate day) {
            other.add(ItemOutcome.awaitingReport(isrc(recording), Dataset.STREAMS, day, 0, "unavailable"));
            awaited.add(new AwaitedItem(isrc(recording), Dataset.STREAMS, day, List.of()));
            return this;
        }

        public Fetch failed(int recording, LocalDate day, String... territories) {
            awaited.add(new AwaitedItem(isrc(recording), Dataset.STREAMS, day, List.of(territories)));
            numbers.put(recording + "|" + day, recording);
            counts.putIfAbsent(recording + "|" + day, new LinkedHashMap<>());
            return this;
        }

        /// The run as it is before anything of it is published.
        public Run start() {
            return run;
        }

        /// Every planned item that was not mentioned had no streams that day.
        public String publish() {
            ledger.recordings()
                    .active(PlanPage.first(1000))
                    .forEach(recording -> run.from()
                            .datesUntil(run.to().plusDays(1))
                            .forEach(day -> {
                                int number = Integer.parseInt(
                                        recording.isrc().value().substring(7));
                                if (other.stream()
                                        .noneMatch(o -> o.isrc().equals(recording.isrc())
                                                && o.day().equals(day))) {
                                    counts.putIfAbsent(number + "|" + day, Map.of());
                                }
                            }));
            List<ItemOutcome> outcomes = new ArrayList<>(other);
            List<FetchedItem> items = new ArrayList<>();
            List<StagedFile> files;
            try (ChunkWriter writer = lake.staging().writer(run.id())) {
                writer.payload(
                        new PayloadRow(PAYLOAD_SHA256, "GET /v1/streams", NOW, "spotify", "/v1/streams", 200, PAYLOAD));
                counts.forEach((key, streams) -> {
                    Isrc isrc = isrc(Integer.parseInt(key.substring(0, key.indexOf('|'))));
                    LocalDate day = LocalDate.parse(key.substring(key.indexOf('|') + 1));
                    long rows = writer.streams(
                            isrc,
                            "t" + isrc.value(),
                            streams.entrySet().stream()
                                    .map(e -> new StreamCount(e.getKey(), e.getValue()))
                                    .toList(),
                            new Provenance("spotify", day, run.id(), PAYLOAD_SHA256, NOW));
                    outcomes.add(
                            numbers.containsKey(key)
                                    ? ItemOutcome.awaitingReport(isrc, Dataset.STREAMS, day, rows, "territory_failed")
                                    : ItemOutcome.landed(isrc, Dataset.STREAMS, day, rows));
                    items.add(new FetchedItem(Dataset.STREAMS, isrc, day, rows));
                });
                files = writer.seal();
            }
            ledger.transaction(() -> {
                ledger.items().record(run.id(), outcomes);
                ledger.awaited().note(run.id(), awaited);
                ledger.publications().begin(run.id());
            });
            String id = ledger.publications().list(run.id()).getLast().id();
            Publication publication =
                    new Publication(id, run.id(), "spotify", files, items, Map.of(), List.of(), List.of());
            try (PreparedPublication prepared = lake.prepare(publication)) {
                assert prepared.mismatches().isEmpty() : prepared.mismatches();
                prepared.commit(committed -> ledger.publications()
                        .committed(id, committed.table().label(), committed.snapshotId(), committed.rows()));
            }
            ledger.transaction(() -> {
                ledger.publications().complete(id);
                ledger.items().markPublished(run.id(), id);
                ledger.runs().state(run.id(), RunState.FINISHED, "");
            });
            return run.id();
        }
    }

    /// A row of a report in `sales`, once [#imported] is called.
    public ReconcileFixture sold(
            String report,
            String service,
            @Nullable Isrc isrc,
            @Nullable String territory,
            String usageType,
            Period usage,
            long quantity,
            @Nullable String currency,
            @Nullable String revenue) {
        boolean group = territory != null && !territory.matches("(?!EU)[A-Z]{2}");
        String row =
                "SELECT %s AS report_id, %d::BIGINT AS line, 'sender' AS sender, %s AS service, %s AS isrc, %s AS territory, %s AS usage_type, %s AS usage_start, %s AS usage_end, %d::BIGINT AS quantity, %s AS currency, %s::DECIMAL(38,18) AS net_revenue, %s AS usage_key, %s AS territory_reported, 'a row of ' || %s AS raw"
                        .formatted(
                                text(report),
                                sales.size() + 1,
                                text(service),
                                text(isrc == null ? null : isrc.value()),
                                text(group ? "ZZ" : territory),
                                text(usageType),
                                "DATE '" + usage.from() + "'",
                                "DATE '" + usage.to() + "'",
                                quantity,
                                text(currency),
                                revenue == null ? "NULL" : revenue,
                                text(isrc == null ? "key-" + sales.size() : null),
                                text(group ? territory : null),
                                text(report));
        sales.add(row);
        return this;
    }

    public ReconcileFixture sold(String report, int recording, String territory, long quantity) {
        return sold(report, "Spotify", isrc(recording), territory, "stream", OCTOBER, quantity, "EUR", "0.5");
    }

    /// Takes the rows of a report out again.
    public ReconcileFixture without(String report) {
        sales.removeIf(row -> row.startsWith("SELECT " + text(report) + " AS report_id"));
        return this;
    }

    /// Lands what was sold so far.
    public ReconcileFixture imported() {
        return replaced(
                LakeTable.SALES,
                sales.isEmpty()
                        ? "SELECT NULL::VARCHAR AS report_id WHERE false"
                        : sales.stream().collect(Collectors.joining(" UNION ALL BY NAME ")));
    }

    public ReconcileFixture matched(String usageKey, @Nullable Isrc isrc) {
        return replaced(
                LakeTable.USAGE_MATCHES,
                "SELECT " + text(usageKey) + " AS usage_key, " + text(isrc == null ? null : isrc.value()) + " AS isrc");
    }

    /// Puts what a SELECT gives in place of a whole table.
    public ReconcileFixture replaced(LakeTable table, String selection) {
        lake.close();
        SalesFixture.becomes(folder.resolve("lake"), table, selection);
        lake = Lake.open(folder.resolve("lake"), new LakeSettings(128, 2, 16L << 20));
        return this;
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL::VARCHAR" : "'" + value.replace("'", "''") + "'";
    }

    /// Rows of a query, values joined by a bar.
    public List<String> ask(String sql) {
        List<String> lines = new ArrayList<>();
        lake.query(sql, new RowSink() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                lines.add(values.stream()
                        .map(v -> v instanceof BigDecimal d
                                ? d.stripTrailingZeros().toPlainString()
                                : v)
                        .map(String::valueOf)
                        .collect(Collectors.joining("|")));
            }
        });
        return lines;
    }

    @Override
    public void close() {
        lake.close();
        ledger.close();
    }
}
