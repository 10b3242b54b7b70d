package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.Finality;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.join.ExcludedUsage.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    private static final String ROWS = "SELECT isrc[-1:], territory, usage_type, api_count, report_count,"
            + " payable_count, basis, finality, variance, variance_relative, status FROM reconciled ORDER BY ALL";

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(8);
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void setsEachCountBesideTheOther() {
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 60, "FR", 5)
                .landed(0, october(2), "DE", 40)
                .landed(1, october(1), "DE", 1000)
                .landed(2, october(1), "DE", 1000)
                .publish();
        books.sold("r1", 0, "DE", 100)
                .sold("r1", 1, "DE", 1009)
                .sold("r1", 2, "DE", 1200)
                .sold("r1", 3, "BR", 77)
                .sold("r1", "Spotify", isrc(0), "DE", "download", OCTOBER, 2, "EUR", "1.40")
                .imported();

        Reconciliation done = reconcile();

        assertThat(books.ask(ROWS))
                .containsExactly(
                        "0|DE|download|null|2|2|report|final|null|null|report_only",
                        "0|DE|stream|100|100|100|report|final|0|0|agreed",
                        "0|FR|stream|5|null|5|api|provisional|null|null|api_only",
                        "1|DE|stream|1000|1009|1009|report|final|9|0.009|within_tolerance",
                        "2|DE|stream|1000|1200|1200|report|final|200|0.2|variance",
                        "3|BR|stream|null|77|77|report|final|null|null|report_only");
        assertThat(done.totals().all()).isEqualTo(new ReconciliationTotals.Sums(6, 2105, 2388, 2393, 5));
        assertThat(done.totals().revenues()).containsExactly(new Money("EUR", new BigDecimal("3.4")));
    }

    @Test
    void namesTheReportsWhoseCountsNothingCanAddUp() {
        books.sold("small", 0, "DE", 3)
                .sold("huge", 1, "DE", Long.MAX_VALUE)
                .sold("huger", 1, "DE", Long.MAX_VALUE)
                .imported();

        assertThatThrownBy(this::reconcile)
                .isInstanceOf(PeriodRefusal.class)
                .hasMessageContaining("huge (9223372036854775807)")
                .hasMessageContaining("huger (9223372036854775807)")
                .hasMessageContaining("tactus reports void");
    }

    @Test
    void reconcilesTheLargestCountThereIs() {
        books.sold("huge", 1, "DE", Long.MAX_VALUE).imported();

        assertThat(reconcile().totals().all().payable()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesACountThatIsChangedInTheLakeBeforeItIsReadInAPeriod() throws IOException {
        books.sold("r1", 0, "DE", 100).imported();
        Path file = Path.of(books.lake
                .folder()
                .resolve(books.lake.table(LakeTable.SALES).verdicts().getLast().path())
                .toString());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 4;
        Files.write(file, bytes);

        assertThatThrownBy(this::reconcile)
                .isInstanceOf(LakeException.class)
                .hasMessageContaining("was changed since it was written")
                .hasMessageContaining(file.getFileName().toString());
        assertThat(books.lake.table(LakeTable.RECONCILED).snapshots()).isEmpty();
    }

    @Test
    void explainsEveryRow() {
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 100)
                .landed(1, october(1), "DE", 1000)
                .landed(2, october(1), "DE", 1000)
                .landed(4, october(1), "DE", 3)
                .publish();
        books.sold("r1", 0, "DE", 100)
                .sold("r1", 1, "DE", 1009)
                .sold("r1", 2, "DE", 1200)
                .sold("r1", 3, "BR", 77)
                .sold("q4", "Spotify", isrc(4), "DE", "stream", Period.parse("2026-Q4"), 500, "EUR", "2")
                .imported();

        reconcile();

        assertThat(books.ask("SELECT isrc[-1:], explanation FROM reconciled ORDER BY 1"))
                .containsExactly(
                        "0|API and report agree; the report is payable",
                        "1|they differ within the tolerance of 1 % or 5; the report is payable; the API counted on 1"
                                + " of 31 days",
                        "2|they differ beyond the tolerance of 1 % or 5; the statement decides; the API counted on 1"
                                + " of 31 days",
                        "3|the API gave no count; the report is payable",
                        "4|no report has it; the API's count stands in until there is one; a report's row of"
                                + " 2026-10-01..2026-12-31 reaches beyond the period and is left out whole");
    }

    @Test
    void saysWhereEachRowComesFrom() {
        String run = books.run(october(1), october(1))
                .landed(0, october(1), "DE", 10)
                .publish();
        String again = books.run(october(2), october(2))
                .landed(0, october(2), "DE", 10)
                .publish();
        books.sold("r1", 0, "DE", 10).sold("r2", 0, "DE", 10).imported();

        Reconciliation done = reconcile();

        assertThat(books.ask("SELECT run_ids, report_ids, reconciliation_id, title, artists, api_days, report_from,"
                        + " report_to FROM reconciled"))
                .containsExactly(Stream.of(run, again).sorted().toList() + "|[r1, r2]|" + done.id()
                        + "|Song 0|Artist 0|2|2026-10-01|2026-10-31");
        assertThat(books.ask("SELECT api_snapshot_id, report_snapshot_id FROM reconciled"))
                .containsExactly(done.inputs().get(LakeTable.DAILY_STREAMS) + "|"
                        + done.inputs().get(LakeTable.SALES));
    }

    @Test
    void neverProratesARowThatReachesBeyondThePeriod() {
        books.run(october(1), october(1)).landed(0, october(1), "DE", 10).publish();
        books.sold("q4", "Spotify", isrc(0), "DE", "stream", Period.parse("2026-Q4"), 300, "EUR", "9")
                .sold("week", "Spotify", isrc(0), "DE", "stream", Period.parse("2026-10-05..2026-10-11"), 8, "EUR", "1")
                .sold("november", "Spotify", isrc(0), "DE", "stream", Period.parse("2026-11"), 50, "EUR", "1")
                .imported();

        Reconciliation month = reconcile();
        assertThat(books.ask("SELECT api_count, report_count FROM reconciled")).containsExactly("10|8");
        assertThat(month.totals().leftOut()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(Reason.OUTSIDE_PERIOD);
            assertThat(left.reportId()).isEqualTo("q4");
            assertThat(left.quantity()).isEqualTo(300);
            assertThat(left.revenue()).contains(new Money("EUR", new BigDecimal(9)));
        });

        reconciler(ReconciliationRules.defaults()).reconcile("spotify", Period.parse("2026-Q4"));
        assertThat(books.ask("SELECT report_count FROM reconciled WHERE period = '2026-Q4'"))
                .containsExactly("358");
    }

    @Test
    void paysNothingTwiceWhereAReportKnowsOnlyTheWorld() {
        books.run(october(1), october(1))
                .landed(0, october(1), "DE", 10, "FR", 5, "BR", 1)
                .publish();
        books.sold("r1", 0, "WW", 7).sold("r1", 0, "DE", 11).imported();

        Reconciliation done = reconcile();

        assertThat(books.ask("SELECT territory, api_count, report_count, payable_count FROM reconciled ORDER BY 1"))
                .containsExactly("BR|1|null|1", "DE|10|11|11", "FR|5|null|5");
        assertThat(done.totals().all().api()).isEqualTo(16);
    }

    @Test
    void addsAmountsOfDifferentCurrenciesNever() {
        books.sold("r1", "Spotify", isrc(0), "DE", "stream", OCTOBER, 5, "EUR", "0.000000000000000001")
                .sold("r1", "Spotify", isrc(0), "DE", "stream", OCTOBER, 5, "EUR", "0.1")
                .sold("r1", "Spotify", isrc(0), "DE", "stream", OCTOBER, 5, "USD", "2")
                .sold("r1", "Spotify", isrc(1), "DE", "stream", OCTOBER, 5, "USD", "3")
                .imported();

        Reconciliation done = reconcile();

        assertThat(books.ask(
                        "SELECT isrc[-1:], currency, report_revenue, list_transform(revenues, lambda r: r.currency || ' ' ||"
                                + " r.amount) FROM reconciled ORDER BY 1"))
                .containsExactly(
                        "0|null|null|[EUR 0.100000000000000001, USD 2.000000000000000000]",
                        "1|USD|3|[USD 3.000000000000000000]");
        assertThat(done.totals().revenues())
                .containsExactly(
                        new Money("EUR", new BigDecimal("0.100000000000000001")), new Money("USD", new BigDecimal(5)));
    }

    @Test
    void leavesOutWhatIsNotOursAndSaysSo() {
        books.sold("r1", 0, "DE", 10)
                .sold("r1", "Spotify", isrc(99), "DE", "stream", OCTOBER, 20, "EUR", "1")
                .sold("r1", "Spotify", null, "DE", "stream", OCTOBER, 30, "EUR", "1")
                .imported();

        Reconciliation done = reconcile();

        assertThat(done.totals().all().report()).isEqualTo(10);
        assertThat(done.totals().leftOut())
                .extracting(ExcludedUsage::reason, ExcludedUsage::quantity)
                .containsExactly(tuple(Reason.NO_ISRC, 30L), tuple(Reason.NOT_IN_CATALOG, 20L));

        books.matched("key-2", isrc(5));
        assertThat(reconcile().totals().all().report()).isEqualTo(40);
        books.matched("key-2", null);
        assertThat(reconcile().totals().leftOut())
                .extracting(ExcludedUsage::reason)
                .contains(Reason.NOT_OURS);
    }

    @Test
    void followsTheRules() {
        books.run(october(1), october(1))
                .landed(0, october(1), "DE", 100)
                .landed(1, october(1), "DE", 100)
                .publish();
        books.sold("r1", 0, "DE", 150).imported();
        ReconciliationRules strict = new ReconciliationRules(
                BigDecimal.ZERO, 0, Finality.PROVISIONAL, false, BigDecimal.ONE, BigDecimal.ONE);

        reconciler(strict).reconcile("spotify", OCTOBER);

        assertThat(books.ask("SELECT payable_count, basis, finality, status FROM reconciled ORDER BY isrc"))
                .containsExactly("150|report|provisional|variance", "0|api|provisional|api_only");
        assertThat(books.ask("SELECT explanation FROM reconciled ORDER BY isrc").getLast())
                .isEqualTo("no report has it; nothing is payable until there is one");
    }

    @Test
    void changesNothingWhenNothingHasChanged() {
        books.run(october(1), october(1)).landed(0, october(1), "DE", 100).publish();
        Reconciliation first = reconcile();
        Reconciliation second = reconcile();
        assertThat(first.written()).isTrue();
        assertThat(second.written()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.outputs()).isEqualTo(first.outputs());
    }

    @Test
    void replacesOneSourceAndPeriodAndNothingElse() {
        books.run(october(1), october(1)).landed(0, october(1), "DE", 100).publish();
        books.sold("n", "Spotify", isrc(1), "DE", "stream", Period.parse("2026-11"), 5, "EUR", "1")
                .sold("b", "Band-Camp", isrc(1), "DE", "download", OCTOBER, 3, "EUR", "1")
                .imported();
        reconcile();
        reconciler(ReconciliationRules.defaults()).reconcile("spotify", Period.parse("2026-11"));
        reconciler(ReconciliationRules.defaults()).reconcile("bandcamp", OCTOBER);
        books.sold("r1", 0, "DE", 90).imported();
        reconcile();

        assertThat(books.ask("SELECT source, period, api_count, report_count FROM reconciled ORDER BY ALL"))
                .containsExactly("bandcamp|2026-10|null|3", "spotify|2026-10|100|90", "spotify|2026-11|null|5");
        assertThat(reconciler(ReconciliationRules.defaults()).sources(OCTOBER, List.of("spotify")))
                .containsExactly("spotify", "bandcamp");
    }

    @Test
    void comesToNothingWhereNobodyCounted() {
        Reconciliation done = reconcile();
        assertThat(done.totals().all()).isEqualTo(ReconciliationTotals.Sums.NONE);
        assertThat(books.ask("SELECT count(*) FROM reconciled")).containsExactly("0");
    }

    private Reconciliation reconcile() {
        return reconciler(ReconciliationRules.defaults()).reconcile("spotify", OCTOBER);
    }

    private Reconciler reconciler(ReconciliationRules rules) {
        return new Reconciler(books.ledger, books.lake, books.services, rules, 128);
    }
}
