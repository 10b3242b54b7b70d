package dev.tactus.reconcile.close;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import dev.tactus.reconcile.join.KeptDecision;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a close has decided of a group of territories and its members stays decided, and what it leaves out is told.
class KeptDecisionTest {
    private static final Period SEPTEMBER = Period.parse("2026-09");
    private static final Period NOVEMBER = Period.parse("2026-11");

    @TempDir
    private Path folder;

    private ReconcileFixture books;
    private int reports;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(3);
    }

    @AfterEach
    void close() {
        books.close();
    }

    private KeptDecisionTest sold(String rows) {
        for (String row : rows.split(", ", -1)) {
            String[] said = row.split(" ", -1);
            books.sold(
                    "r" + reports++,
                    "Deezer",
                    isrc(0),
                    said[0],
                    "stream",
                    SEPTEMBER,
                    Long.parseLong(said[1]),
                    "EUR",
                    said[2]);
        }
        books.imported();
        return this;
    }

    private void close(Period period, ReconciliationRules rules) {
        CloseOutcome outcome = new PeriodCloser(
                        books.ledger,
                        books.lake,
                        books.services,
                        rules,
                        counts -> List.of(),
                        InstantSource.fixed(ReconcileFixture.NOW),
                        "test",
                        128,
                        _ -> {})
                .close("deezer", period, "Ada", Optional.of("agreed"));
        assertThat(outcome).isInstanceOf(CloseOutcome.Done.class);
    }

    private Reconciliation reconcile(Period period) {
        return new Reconciler(books.ledger, books.lake, books.services, ReconcileFixture.LENIENT, 128)
                .reconcile("deezer", period);
    }

    /// Of all periods and their adjustments, as engines add them up.
    private String paid() {
        return String.join(
                ", ",
                books.ask("SELECT territory || ' ' || sum(n)::BIGINT || ' ' || CAST(sum(a) AS DECIMAL(18,1)) FROM ("
                        + "SELECT territory, payable_count AS n, coalesce(list_sum(list_transform(revenues, lambda r: r.amount)), 0) AS a"
                        + " FROM reconciled WHERE source = 'deezer' UNION ALL"
                        + " SELECT territory, payable_count, coalesce(list_sum(list_transform(revenues, lambda r: r.amount)), 0)"
                        + " FROM adjustments WHERE source = 'deezer') GROUP BY territory ORDER BY territory"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                // when it was closed; what came later; what is paid then; what is left out; whether it would be decided
                // otherwise
                "Europe 100 10.0, DE 9 0.9;  DE 6 0.6;         ZZ 100 10.0;             6 0.6;    true",
                "Europe 100 10.0, DE 9 0.9;  Europe -20 -2.0;  ZZ 80 8.0;               -;        false",
                "Europe 100 10.0, DE 9 0.9;  DE -2 -0.2;       ZZ 100 10.0;             -2 -0.2;  false",
                "Europe 100 10.0, DE 20 2.0; Europe 400 40.0;  DE 20 2.0;               400 40; true",
                "Europe 100 10.0, DE 20 2.0; Europe -60 -6.0;  DE 20 2.0;               -60 -6; false",
                "Europe 100 10.0, DE 20 2.0; FR 30 3.0;        DE 20 2.0, FR 30 3.0;    -;        false",
                "Europe 100 10.0;            DE 30 3.0;        ZZ 100 10.0;             30 3;     true",
                "DE 20 2.0;                  Europe 500 50.0;  DE 20 2.0;               500 50; true",
                "DE 20 2.0;                  WW 100 9.0, Europe 50 5.0; DE 20 2.0;      150 14; false",
                "US 7 0.7;                   Europe 100 1.0, DE 5 0.5;  US 7 0.7, ZZ 100 1.0; 5 0.5; false",
                "WW 100 10.0, Europe 9 0.9;  DE 5 0.5;         WW 100 10.0;             5 0.5;    false"
            })
    void whatACloseDecidedOfAGroupIsKept(
            String before, String later, String paid, @Nullable String leftOut, boolean asked) {
        sold(before);
        close(SEPTEMBER, ReconcileFixture.LENIENT);
        String closed = paid();
        assertThat(reconcile(OCTOBER).kept()).isEmpty();
        assertThat(paid()).isEqualTo(closed);

        sold(later);
        Reconciliation done = reconcile(OCTOBER);
        assertThat(paid()).isEqualTo(paid);
        if (leftOut == null && !asked) {
            assertThat(done.kept()).isEmpty();
        } else {
            KeptDecision kept = done.kept().getFirst();
            assertThat(kept.corrects()).isEqualTo("2026-09");
            assertThat(kept.quantity() + " "
                            + kept.revenues().getFirst().amount().toPlainString())
                    .isEqualTo(leftOut);
            assertThat(kept.overturned()).hasSize(asked ? 1 : 0);
        }
        assertThat(reconcile(OCTOBER).written()).isFalse();
        assertThat(reconcile(OCTOBER).kept()).isEqualTo(done.kept());
    }

    @Test
    void whatALaterCloseHasBookedIsKeptToo() {
        sold("US 7 0.7");
        close(SEPTEMBER, ReconcileFixture.LENIENT);
        sold("Europe 100 10.0, DE 5 0.5");
        close(OCTOBER, ReconcileFixture.LENIENT);
        assertThat(paid()).isEqualTo("US 7 0.7, ZZ 100 10.0");
        sold("DE 20 2.0");
        Reconciliation done = reconcile(NOVEMBER);
        assertThat(paid()).isEqualTo("US 7 0.7, ZZ 100 10.0");
        assertThat(done.kept()).singleElement().satisfies(kept -> {
            assertThat(kept.quantity()).isEqualTo(25);
            assertThat(kept.named()).isEqualTo(isrc(0).value() + " stream: DE, Europe");
        });
    }

    @Test
    void whoeverWantsItDecidedAnewReopensThePeriod() {
        sold("Europe 100 10.0, DE 9 0.9");
        close(SEPTEMBER, ReconcileFixture.LENIENT);
        sold("DE 6 0.6");
        reconcile(OCTOBER);
        new PeriodCloser(
                        books.ledger,
                        books.lake,
                        books.services,
                        ReconcileFixture.LENIENT,
                        counts -> List.of(),
                        InstantSource.fixed(ReconcileFixture.NOW),
                        "test",
                        128,
                        _ -> {})
                .reopen("deezer", SEPTEMBER, "Grace", "DE counts");
        close(SEPTEMBER, ReconcileFixture.LENIENT);
        assertThat(reconcile(OCTOBER).kept()).isEmpty();
        assertThat(paid()).isEqualTo("DE 15 1.5");
    }

    /// A close of a version before this one is audited and corrected as it was.
    @Test
    void aCloseOfAnEarlierVersionIsCorrectedByThatVersion() {
        Map<String, String> written = ReconcileFixture.LENIENT.written();
        written.put("territory_groups", "2");
        sold("Europe 100 10.0, Europe -20 -2.0, DE 9 0.9");
        close(SEPTEMBER, ReconciliationRules.ofWritten(written));
        assertThat(paid()).isEqualTo("DE 9 0.9");
        assertThat(new Audit(books.ledger, books.lake, books.services, 128).period(SEPTEMBER, Optional.empty()))
                .isInstanceOf(AuditVerdict.AddsUp.class);
        sold("Europe 40 4.0");
        assertThat(reconcile(OCTOBER).kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.overturned()).isEmpty());
        assertThat(paid()).isEqualTo("DE 0 0.0, ZZ 120 12.0");
    }
}
