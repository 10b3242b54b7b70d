package dev.tactus.reconcile.statements;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.join.Reconciler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Refunds in another period than what they refund are never taken off without a word.
class ForeignRefundTest {
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

    private void sold(int recording, String territory, long units, String money) {
        books.sold("r1", "Deezer", isrc(recording), territory, "stream", OCTOBER, units, "EUR", money);
    }

    private List<String> warnings() {
        books.imported();
        new Reconciler(books.ledger, books.lake, books.services, ReconcileFixture.LENIENT, 128)
                .reconcile("deezer", OCTOBER);
        try (Workbench bench = books.lake.workbench(128)) {
            return ForeignRefund.of(bench, books.services, "deezer", OCTOBER).stream()
                    .map(ForeignRefund::words)
                    .toList();
        }
    }

    @Test
    void aRefundOfWhatWasNotSoldInThePeriodIsTold() {
        sold(0, "DE", 10, "1");
        sold(0, "FR", -4, "-0.4");
        assertThat(warnings())
                .containsExactly("1 refund comes to more than what was sold of the same in this period: -4 plays and"
                        + " -0.4 EUR refund what was sold in another one, and are taken off here (" + isrc(0).value()
                        + " in FR)");
    }

    @Test
    void soIsWhatOneTakesOffBeyondWhatWasSold() {
        sold(0, "DE", 3, "0.3");
        sold(0, "DE", -4, "-0.4");
        assertThat(warnings()).singleElement().asString().contains("-1 play and -0.1 EUR");
    }

    @Test
    void aRefundOfAGroupWhoseSalesMayHaveBeenLeftOutSaysSo() {
        sold(0, "Europe", -4, "-0.4");
        sold(0, "DE", 10, "1");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("in Europe)", "1 of them is of a group of territories, whose sales may have been left out");
    }

    @Test
    void aRefundOfWhatWasSoldInThePeriodIsNothingToLookAt() {
        sold(0, "DE", 10, "1");
        sold(0, "DE", -4, "-0.4");
        books.sold("r2", "Deezer", null, "DE", "stream", OCTOBER, -7, "EUR", "-7");
        assertThat(warnings()).isEmpty();
    }
}
