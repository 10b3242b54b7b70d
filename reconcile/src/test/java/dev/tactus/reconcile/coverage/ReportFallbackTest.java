package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.coverage.ReportFallback.Change;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFallbackTest {
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
    void fallsBackWhereAReportCoversRecordingTerritoryAndDay() {
        String run = books.run(october(5), october(6))
                .failed(0, october(5), "DE")
                .failed(1, october(5), "DE", "FR")
                .unavailable(2, october(6))
                .publish();
        books.sold("r1", 0, "DE", 10)
                .sold("r1", 1, "DE", 7)
                .sold("r1", 2, "BR", 3)
                .imported();

        assertThat(settle(run)).isEqualTo(new Change(2, 0));
        assertThat(state(run, 0, 5)).isEqualTo(ItemState.FELL_BACK);
        assertThat(state(run, 1, 5)).as("FR is still missing").isEqualTo(ItemState.AWAITING_REPORT);
        assertThat(state(run, 2, 6)).as("any territory, for none was given").isEqualTo(ItemState.FELL_BACK);
        assertThat(state(run, 3, 5)).isEqualTo(ItemState.LANDED);
        assertAddsUp(run);
    }

    @Test
    void takesItBackWhenTheReportIsTakenBack() {
        String run =
                books.run(october(5), october(5)).failed(0, october(5), "DE").publish();
        books.sold("r1", 0, "DE", 10).imported();
        settle(run);
        books.without("r1").imported();

        assertThat(new ReportFallback(books.ledger, books.lake, books.services).settle())
                .isEqualTo(new Change(0, 1));
        assertThat(state(run, 0, 5)).isEqualTo(ItemState.AWAITING_REPORT);
        assertAddsUp(run);
    }

    @Test
    void changesNothingWhenAskedAgain() {
        String run =
                books.run(october(5), october(5)).failed(0, october(5), "DE").publish();
        books.sold("r1", 0, "DE", 10).imported();
        assertThat(settle(run)).isEqualTo(new Change(1, 0));
        assertThat(settle(run)).isEqualTo(new Change(0, 0));
    }

    @Test
    void knowsWhatCoversNothing() {
        String run =
                books.run(october(5), october(5)).failed(0, october(5), "DE").publish();
        books.sold("download", "Spotify", isrc(0), "DE", "download", OCTOBER, 1, null, null)
                .sold("elsewhere", "Deezer", isrc(0), "DE", "stream", OCTOBER, 1, null, null)
                .sold("later", "Spotify", isrc(0), "DE", "stream", Period.parse("2026-11"), 1, null, null)
                .sold("other territory", "Spotify", isrc(0), "AT", "stream", OCTOBER, 1, null, null)
                .sold("nobody knows where", "Spotify", isrc(0), null, "stream", OCTOBER, 1, null, null)
                .imported();
        assertThat(settle(run)).isEqualTo(new Change(0, 0));
    }

    @Test
    void takesARowForTheWorldForEveryTerritory() {
        String run = books.run(october(5), october(5))
                .failed(0, october(5), "DE", "FR")
                .publish();
        books.sold("r1", 0, "WW", 10).imported();
        assertThat(settle(run)).isEqualTo(new Change(1, 0));
    }

    @Test
    void knowsUsageByTheMatchAPersonMade() {
        String run =
                books.run(october(5), october(5)).failed(0, october(5), "DE").publish();
        books.sold("r1", "Spotify", null, "DE", "stream", OCTOBER, 9, "EUR", "1")
                .imported();
        assertThat(settle(run)).isEqualTo(new Change(0, 0));
        books.matched("key-0", isrc(0));
        assertThat(settle(run)).isEqualTo(new Change(1, 0));
    }

    @Test
    void leavesNoReportCountInTheDailyTables() {
        String run =
                books.run(october(5), october(5)).failed(0, october(5), "DE").publish();
        books.sold("r1", 0, "DE", 10).imported();
        settle(run);
        assertThat(books.ask("SELECT count(*) FROM daily_streams")).containsExactly("0");
    }

    private Change settle(String run) {
        return new ReportFallback(books.ledger, books.lake, books.services).settle(run);
    }

    private ItemState state(String run, int recording, int day) {
        return books.ledger
                .items()
                .state(run, isrc(recording), Dataset.STREAMS, october(day))
                .orElseThrow();
    }

    private void assertAddsUp(String run) {
        ItemCounts counts = books.ledger.items().counts(run);
        assertThat(counts.addsUp()).as(counts.toString()).isTrue();
    }
}
