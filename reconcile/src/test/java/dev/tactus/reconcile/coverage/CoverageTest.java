package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.coverage.CoverageGap.Reason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
    private static final Period TWO_DAYS = Period.parse("2026-10-03..2026-10-04");

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(4);
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void countsEachRecordingsDayByWhoTellsOfIt() {
        books.run(october(3), october(4))
                .unavailable(0, october(3))
                .failed(1, october(4), "DE")
                .unavailable(2, october(4))
                .publish();
        books.sold("r", "Spotify", isrc(2), "BR", "stream", TWO_DAYS, 5, "EUR", "1")
                .imported();

        Coverage coverage = cover();

        assertThat(coverage.recordingDays()).isEqualTo(8);
        assertThat(coverage.byApi()).isEqualTo(5);
        assertThat(coverage.byReport()).isEqualTo(1);
        assertThat(coverage.without()).isEqualTo(2);
        assertThat(coverage.byReason()).containsOnlyKeys(Reason.AWAITING_REPORT).containsValue(2L);
        assertThat(coverage.days())
                .containsExactly(new Coverage.Day(october(3), 3, 0, 0, 1), new Coverage.Day(october(4), 2, 1, 0, 1));
        assertThat(told(coverage)).containsExactly("0 * 1 2026-10-03 0", "1 DE 1 2026-10-04 0");
    }

    @Test
    void ranksWhatLacksByWhatItCountedAndEarnedBefore() {
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 10, "FR", 100)
                .landed(1, october(1), "DE", 40)
                .landed(2, october(1), "DE", 50)
                .publish();
        books.run(october(3), october(3)).landed(2, october(3), "DE", 1).publish();
        books.run(october(4), october(4))
                .landed(2, october(4), "DE", 1)
                .failed(0, october(4), "FR")
                .publish();
        books.sold(
                        "before",
                        "Spotify",
                        isrc(1),
                        "DE",
                        "stream",
                        Period.parse("2026-10-01..2026-10-02"),
                        30,
                        "EUR",
                        "7.5")
                .sold(
                        "before",
                        "Spotify",
                        isrc(0),
                        "FR",
                        "stream",
                        Period.parse("2026-10-01..2026-10-02"),
                        90,
                        "USD",
                        "2")
                .sold(
                        "before",
                        "Spotify",
                        isrc(0),
                        "FR",
                        "stream",
                        Period.parse("2026-10-01..2026-10-02"),
                        1,
                        "EUR",
                        "1")
                .imported();

        Coverage coverage = cover();

        assertThat(coverage.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.isrc()).isEqualTo(isrc(0).value());
            assertThat(gap.title()).contains("Song 0");
            assertThat(gap.territory()).isEqualTo("FR");
            assertThat(gap.lastCount()).as("91 on two days, one of which lacks").isEqualTo(45);
            assertThat(gap.lastRevenues())
                    .containsExactly(new Money("EUR", new BigDecimal(1)), new Money("USD", new BigDecimal(2)));
        });
        assertThat(coverage.lastTotal()).isEqualTo(91 + 10 + 30 + 50);
        assertThat(coverage.lastWithout()).isEqualTo(45);
        assertThat(coverage.uncovered()).isBetween(new BigDecimal("0.24"), new BigDecimal("0.25"));
    }

    @Test
    void missesDaysThatWereNeverAskedFor() {
        books.run(october(3), october(3)).publish();

        Coverage coverage = cover();

        assertThat(coverage.byReason()).containsOnlyKeys(Reason.NEVER_ASKED).containsValue(4L);
        assertThat(coverage.covered()).isEqualByComparingTo("0.5");
        assertThat(told(coverage)).contains("3 * 1 2026-10-04 0");
    }

    @Test
    void takesAStatementsSilenceForNoUsageUnlessThereWasSomeBefore() {
        books.run(october(1), october(2)).landed(1, october(1), "DE", 40).publish();
        books.sold("r", "Spotify", isrc(0), "DE", "stream", TWO_DAYS, 5, "EUR", "1")
                .imported();

        Coverage coverage = cover();

        assertThat(coverage.byReport()).isEqualTo(2);
        assertThat(coverage.bySilence()).isEqualTo(4);
        assertThat(told(coverage)).containsExactly("1 DE 2 2026-10-03 40");
    }

    @Test
    void countsARecordingsDayOnceHoweverManyTerritoriesFailed() {
        books.run(october(3), october(4))
                .failed(0, october(3), "DE", "FR", "BR")
                .failed(1, october(3), "DE", "FR")
                .publish();
        books.sold("r", "Spotify", isrc(0), "DE", "stream", TWO_DAYS, 5, "EUR", "1")
                .sold("r", "Spotify", isrc(1), "WW", "stream", TWO_DAYS, 5, "EUR", "1")
                .imported();

        Coverage coverage = cover();

        assertThat(coverage.days())
                .containsExactly(new Coverage.Day(october(3), 2, 1, 0, 1), new Coverage.Day(october(4), 4, 0, 0, 0));
        assertThat(coverage.byReason()).containsOnlyKeys(Reason.AWAITING_REPORT).containsValue(1L);
        assertThat(told(coverage)).containsExactly("0 BR 1 2026-10-03 0", "0 FR 1 2026-10-03 0");
    }

    @Test
    void believesTheNewestAnswer() {
        books.run(october(3), october(4)).unavailable(0, october(3)).publish();
        books.run(october(3), october(4)).landed(0, october(3), "DE", 3).publish();

        assertThat(cover().without()).isZero();
    }

    private Coverage cover() {
        return new CoverageFinder(books.ledger, books.lake, books.services, 128).find("spotify", TWO_DAYS);
    }

    private static List<String> told(Coverage coverage) {
        return coverage.gaps().stream()
                .map(gap -> Integer.parseInt(gap.isrc().substring(7)) + " " + gap.territory() + " " + gap.days() + " "
                        + gap.first() + " " + gap.lastCount())
                .toList();
    }
}
