package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.Finality;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ReconciliationStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The join in DuckDB agrees, row by row, with one that adds up and compares in plain Java.
class ReconcilerPropertyTest {
    private static final List<String> TERRITORIES = List.of("DE", "FR", "BR", "WW");
    private static final int CATALOG = 6;

    @TempDir
    private Path folder;

    private record Counted(int recording, String territory, LocalDate day, long count) {}

    private record Sold(
            String report,
            String service,
            @Nullable Isrc isrc,
            @Nullable String territory,
            String usage,
            Period days,
            long quantity,
            @Nullable String currency,
            @Nullable BigDecimal revenue) {}

    private record Key(String isrc, String territory, String usage) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return (isrc + "|" + territory + "|" + usage)
                    .compareTo(other.isrc + "|" + other.territory + "|" + other.usage);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithAnOracle(long seed) {
        Random random = new Random(seed);
        List<Counted> counted = counts(random);
        List<Sold> sold = sales(random);
        ReconciliationRules rules = new ReconciliationRules(
                new BigDecimal(random.nextInt(20)).movePointLeft(2),
                random.nextInt(6),
                random.nextBoolean() ? Finality.FINAL : Finality.PROVISIONAL,
                random.nextBoolean(),
                BigDecimal.ONE,
                BigDecimal.ONE);
        try (ReconcileFixture books = new ReconcileFixture(folder).catalog(CATALOG)) {
            stage(books, counted, sold);

            Reconciliation done =
                    new Reconciler(books.ledger, books.lake, books.services, rules, 128).reconcile("spotify", OCTOBER);

            List<String> expected = oracle(counted, sold, rules);
            assertThat(books.ask("SELECT isrc, territory, usage_type, api_count, report_count, payable_count, basis,"
                            + " finality, variance, variance_relative, status, list_transform(revenues, lambda r:"
                            + " r.currency || ' ' || r.amount), report_ids, api_days FROM reconciled ORDER BY isrc,"
                            + " territory, usage_type"))
                    .as("seed " + seed + ", " + rules)
                    .containsExactlyElementsOf(expected);
            long rows = sold.stream().filter(ReconcilerPropertyTest::mayMatter).count();
            long kept = sold.stream().filter(one -> isPaid(one, sold)).count();
            assertThat(done.totals().leftOut().stream()
                            .mapToLong(ExcludedUsage::rows)
                            .sum())
                    .as("seed " + seed + ": every row is counted or left out for a reason")
                    .isEqualTo(rows - kept);
        }
    }

    private static List<Counted> counts(Random random) {
        List<Counted> all = new ArrayList<>();
        for (int recording = 0; recording < CATALOG; recording++) {
            for (String territory : List.of("DE", "FR", "BR")) {
                for (int day = 1; day <= 3; day++) {
                    if (random.nextInt(3) > 0) {
                        all.add(new Counted(recording, territory, october(day), random.nextInt(12)));
                    }
                }
            }
        }
        return all;
    }

    private static List<Sold> sales(Random random) {
        List<Sold> all = new ArrayList<>();
        List<Period> periods = List.of(
                OCTOBER,
                Period.parse("2026-10-01..2026-10-02"),
                Period.parse("2026-Q4"),
                Period.parse("2026-09-20..2026-10-10"),
                Period.parse("2026-09"));
        int reports = 1 + random.nextInt(80);
        for (int i = 0; i < 60; i++) {
            int of = random.nextInt(CATALOG + 2);
            boolean pays = random.nextInt(4) > 0;
            all.add(new Sold(
                    "r" + random.nextInt(reports),
                    List.of("Spotify", "SPOTIFY", "spo-tify", "Deezer").get(random.nextInt(4)),
                    of == CATALOG ? null : isrc(of == CATALOG + 1 ? 90 : of),
                    random.nextInt(10) == 0 ? null : TERRITORIES.get(random.nextInt(4)),
                    random.nextInt(5) == 0 ? "download" : "stream",
                    periods.get(random.nextInt(3) > 0 ? 0 : random.nextInt(periods.size())),
                    random.nextInt(40) - 3,
                    pays ? List.of("EUR", "USD").get(random.nextInt(8) / 7) : null,
                    pays ? new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(18)) : null));
        }
        return all;
    }

    private static void stage(ReconcileFixture books, List<Counted> counted, List<Sold> sold) {
        ReconcileFixture.Fetch fetch = books.run(october(1), october(3));
        Map<String, List<Object>> items = new TreeMap<>();
        counted.forEach(one -> {
            List<Object> item = items.computeIfAbsent(one.recording + "|" + one.day, _ -> new ArrayList<>());
            item.add(one.territory);
            item.add(one.count);
        });
        items.forEach((key, item) ->
                fetch.landed(Integer.parseInt(key.substring(0, 1)), LocalDate.parse(key.substring(2)), item.toArray()));
        fetch.publish();
        sold.forEach(one -> books.sold(
                one.report,
                one.service,
                one.isrc,
                one.territory,
                one.usage,
                one.days,
                one.quantity,
                one.currency,
                one.revenue == null ? null : one.revenue.toPlainString()));
        books.imported();
    }

    private static boolean mayMatter(Sold one) {
        return !one.service.equals("Deezer") && one.days.overlaps(OCTOBER);
    }

    private static boolean counts(Sold one) {
        return mayMatter(one)
                && OCTOBER.contains(one.days)
                && one.isrc != null
                && Integer.parseInt(one.isrc.value().substring(7)) < CATALOG;
    }

    /// What is said of a recording in a territory on some days; a refund or an adjustment says nothing.
    private record Claim(
            @Nullable Isrc isrc, String usage, @Nullable String territory, Period days) {
        static Claim of(Sold one) {
            return new Claim(one.isrc, one.usage, one.territory, one.days);
        }

        private Stream<Sold> rows(List<Sold> sold) {
            return sold.stream().filter(one -> counts(one) && of(one).equals(this));
        }

        long units(List<Sold> sold) {
            return rows(sold).mapToLong(Sold::quantity).sum();
        }

        BigDecimal money(List<Sold> sold) {
            return rows(sold)
                    .map(one -> one.revenue == null ? BigDecimal.ZERO : one.revenue)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        boolean isWorld() {
            return "WW".equals(territory);
        }

        /// The territories that say the same usage again, where it is of the world.
        List<Claim> members(List<Sold> sold) {
            boolean byUnits = units(sold) > 0;
            return sold.stream()
                    .filter(ReconcilerPropertyTest::counts)
                    .map(Claim::of)
                    .distinct()
                    .filter(one -> one.territory != null
                            && !one.isWorld()
                            && Objects.equals(one.isrc, isrc)
                            && one.usage.equals(usage)
                            && one.days.overlaps(days))
                    .filter(one -> byUnits
                            ? one.units(sold) > 0
                            : units(sold) == 0
                                    && money(sold).signum() > 0
                                    && one.units(sold) >= 0
                                    && one.money(sold).signum() > 0)
                    .toList();
        }

        /// Whether the territories have a tenth of it.
        boolean standsAside(List<Sold> sold) {
            BigDecimal size = units(sold) > 0 ? BigDecimal.valueOf(units(sold)) : money(sold);
            BigDecimal theirs = members(sold).stream()
                    .map(one -> units(sold) > 0 ? BigDecimal.valueOf(one.units(sold)) : one.money(sold))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return theirs.movePointRight(1).compareTo(size) >= 0;
        }
    }

    /// The world stands aside for its territories, unless they have very little; then they do.
    private static boolean isPaid(Sold one, List<Sold> sold) {
        if (!counts(one)) {
            return false;
        }
        Claim claim = Claim.of(one);
        if (claim.isWorld()) {
            return claim.members(sold).isEmpty() || !claim.standsAside(sold);
        }
        return sold.stream()
                .filter(ReconcilerPropertyTest::counts)
                .map(Claim::of)
                .filter(Claim::isWorld)
                .noneMatch(world -> world.members(sold).contains(claim) && !world.standsAside(sold));
    }

    private static final class Row {
        @Nullable
        Long api;

        @Nullable
        Long report;

        final Map<String, BigDecimal> revenues = new TreeMap<>();
        final TreeSet<String> reports = new TreeSet<>();
        long daysAtMost;
    }

    private static List<String> oracle(List<Counted> counted, List<Sold> sold, ReconciliationRules rules) {
        Map<Key, Row> rows = new TreeMap<>();
        for (Sold one : sold) {
            if (isPaid(one, sold)) {
                String territory = one.territory == null ? "ZZ" : one.territory;
                Row row = rows.computeIfAbsent(
                        new Key(Objects.requireNonNull(one.isrc).value(), territory, one.usage), _ -> new Row());
                row.report = (row.report == null ? 0 : row.report) + one.quantity;
                row.reports.add(one.report);
                if (one.revenue != null) {
                    row.revenues.merge(String.valueOf(one.currency), one.revenue, BigDecimal::add);
                }
            }
        }
        Map<Key, Map<String, TreeSet<LocalDate>>> days = new TreeMap<>();
        Map<Key, Long> sums = new TreeMap<>();
        for (Counted one : counted) {
            Key own = new Key(isrc(one.recording).value(), one.territory, "stream");
            Key world = new Key(isrc(one.recording).value(), "WW", "stream");
            Row said = rows.get(own);
            Row everywhere = rows.get(world);
            boolean ownSaid = said != null && said.report != null;
            boolean knows = everywhere != null
                    && everywhere.report != null
                    && (everywhere.report > 0
                            || rows.entrySet().stream()
                                    .noneMatch(row -> row.getKey().isrc().equals(own.isrc())
                                            && row.getKey().usage().equals("stream")
                                            && !row.getKey().territory().equals("WW")
                                            && row.getValue().report != null));
            Key key = !ownSaid && knows ? world : own;
            sums.merge(key, one.count, Long::sum);
            days.computeIfAbsent(key, _ -> new TreeMap<>())
                    .computeIfAbsent(one.territory, _ -> new TreeSet<>())
                    .add(one.day);
        }
        sums.forEach((key, sum) -> {
            Row row = rows.computeIfAbsent(key, _ -> new Row());
            row.api = sum;
            row.daysAtMost = Objects.requireNonNull(days.get(key)).values().stream()
                    .mapToLong(TreeSet::size)
                    .max()
                    .orElseThrow();
        });
        return rows.entrySet().stream()
                .map(e -> told(e.getKey(), e.getValue(), rules))
                .toList();
    }

    private static String told(Key key, Row row, ReconciliationRules rules) {
        Long api = row.api;
        Long report = row.report;
        ReconciliationStatus status;
        BigDecimal variance = null;
        BigDecimal relative = null;
        if (report == null) {
            status = ReconciliationStatus.API_ONLY;
        } else if (api == null) {
            status = ReconciliationStatus.REPORT_ONLY;
        } else {
            variance = BigDecimal.valueOf(report - api);
            relative = api == 0
                    ? null
                    : variance.divide(BigDecimal.valueOf(api), 6, RoundingMode.HALF_UP)
                            .stripTrailingZeros();
            boolean within = Math.abs(report - api) <= rules.absolute()
                    || variance.abs().compareTo(rules.relative().multiply(BigDecimal.valueOf(api))) <= 0;
            status = variance.signum() == 0
                    ? ReconciliationStatus.AGREED
                    : within ? ReconciliationStatus.WITHIN_TOLERANCE : ReconciliationStatus.VARIANCE;
        }
        boolean provisional = status == ReconciliationStatus.API_ONLY
                || (status == ReconciliationStatus.VARIANCE && rules.variance() == Finality.PROVISIONAL);
        long payable = report != null ? report : rules.apiOnly() ? Objects.requireNonNull(api) : 0;
        return String.join(
                "|",
                key.isrc,
                key.territory,
                key.usage,
                String.valueOf(api),
                String.valueOf(report),
                String.valueOf(payable),
                report == null ? "api" : "report",
                provisional ? "provisional" : "final",
                variance == null ? "null" : variance.toPlainString(),
                relative == null ? "null" : relative.toPlainString(),
                status.label(),
                row.revenues.entrySet().stream()
                        .map(e -> e.getKey() + " "
                                + e.getValue()
                                        .setScale(18, RoundingMode.UNNECESSARY)
                                        .toPlainString())
                        .toList()
                        .toString(),
                row.reports.toString(),
                api == null ? "null" : Long.toString(row.daysAtMost));
    }
}
