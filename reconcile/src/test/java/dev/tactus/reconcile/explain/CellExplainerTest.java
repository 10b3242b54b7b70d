package dev.tactus.reconcile.explain;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.join.Reconciler;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellExplainerTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ReconcileFixture books;

    @BeforeEach
    void make() {
        books = new ReconcileFixture(folder).catalog(4);
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 60, "FR", 5)
                .landed(0, october(2), "DE", 40)
                .landed(1, october(1), "DE", 9)
                .publish();
        books.sold("r1", 0, "DE", 101)
                .sold("r1", 1, "DE", 9)
                .sold("r2", 2, "WW", 7)
                .sold("r2", "Spotify", null, "DE", "stream", OCTOBER, 3, "EUR", "0.1")
                .imported()
                .matched("key-3", isrc(0));
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void leadsFromACellToItsAnswersAndItsLines() {
        reconcile();

        CellExplanation cell = explain(0, Optional.of("DE")).getFirst();

        assertThat(cell.payableCount()).isEqualTo(104);
        assertThat(cell.apiCount()).contains(100L);
        assertThat(cell.reportCount()).contains(104L);
        assertThat(cell.addsUp()).isTrue();
        assertThat(cell.closeId()).isEmpty();
        assertThat(cell.days()).extracting(ApiDay::day).containsExactly(october(1), october(2));
        assertThat(cell.days()).extracting(ApiDay::count).containsExactly(60L, 40L);
        assertThat(cell.days()).allSatisfy(day -> {
            assertThat(day.request()).contains("GET /v1/streams");
            assertThat(day.payloadSha256()).hasSize(64);
        });
        assertThat(cell.rows()).extracting(StatementRow::line).containsExactly(1L, 4L);
        assertThat(cell.rows()).extracting(StatementRow::quantity).containsExactly(101L, 3L);
    }

    @Test
    void explainsEveryCellOfARecordingAndTheWorldAsTheSumOfItsTerritories() {
        books.sold("r3", 3, "WW", 12).imported();
        books.run(october(3), october(3))
                .landed(3, october(3), "DE", 5, "FR", 6)
                .publish();
        reconcile();

        assertThat(explain(0, Optional.empty()))
                .extracting(CellExplanation::territory)
                .containsExactly("DE", "FR");
        CellExplanation world = explain(3, Optional.empty()).getFirst();
        assertThat(world.territory()).isEqualTo("WW");
        assertThat(world.days()).extracting(ApiDay::territory).containsExactly("DE", "FR");
        assertThat(world.addsUp()).isTrue();
    }

    @Test
    void showsTheRowsOfAGroupThatStandAsideForACell() {
        books.sold("r3", 3, "WW", 12)
                .sold("r4", 3, "Europe", 7)
                .sold("r5", 3, "DE", 5)
                .imported();
        reconcile();

        CellExplanation cell = explain(3, Optional.empty()).getFirst();

        assertThat(cell.territory()).isEqualTo("DE");
        assertThat(cell.rows())
                .extracting(StatementRow::place)
                .containsExactly("group_beside_members", "group_beside_members", "counted");
        assertThat(cell.addsUp()).isTrue();
    }

    @Test
    void aClosedCellStaysWhatItWasWhateverComesLater() {
        closer().close("spotify", OCTOBER, "Ada", Optional.of("so be it"));
        books.sold("r9", 0, "DE", 1000).imported();

        CellExplanation cell = explain(0, Optional.of("DE")).getFirst();

        assertThat(cell.closeId()).contains("0001-spotify-2026-10");
        assertThat(cell.payableCount()).isEqualTo(104);
        assertThat(cell.addsUp()).isTrue();
    }

    @Test
    void saysThatAPeriodWasReopenedAndThatWhatWasReconciledIsOutOfDate() {
        closer().close("spotify", OCTOBER, "Ada", Optional.of("so be it"));
        closer().reopen("spotify", OCTOBER, "Grace", "to look again");

        CellExplanation same = explain(0, Optional.of("DE")).getFirst();
        assertThat(same.closeId()).isEmpty();
        assertThat(same.reopened().orElseThrow())
                .contains("closed as 0001-spotify-2026-10", "reopened on", "by Grace (to look again)");
        assertThat(same.notes()).isEmpty();

        books.sold("r9", 0, "DE", 1000).imported();
        books.run(october(2), october(2)).landed(0, october(2), "DE", 41).publish();

        CellExplanation old = explain(0, Optional.of("DE")).getFirst();
        assertThat(old.payableCount()).isEqualTo(104);
        assertThat(old.addsUp()).isTrue();
        assertThat(old.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains(
                                "out of date: the reports' rows", "(104 then, 1104 now)", "reconcile --period 2026-10"))
                .anySatisfy(note -> assertThat(note).contains("out of date: the API's counts", "(100 then, 101 now)"));
        assertThat(explain(1, Optional.of("DE")).getFirst().notes())
                .as("what came later is about another recording")
                .isEmpty();

        reconcile();
        assertThat(explain(0, Optional.of("DE")).getFirst().notes()).isEmpty();
    }

    @Test
    void saysWhenThereIsNothingToExplain() {
        assertThatThrownBy(() -> explain(0, Optional.of("DE")))
                .isInstanceOf(PeriodRefusal.class)
                .hasMessageContaining("tactus reconcile --period 2026-10 comes first");
        reconcile();
        assertThatThrownBy(() -> explain(0, Optional.of("US"))).hasMessageContaining("in US");
    }

    /// A bit or a byte of any file that it reads, or the file itself.
    @ParameterizedTest
    @ValueSource(strings = {"sales", "daily_streams", "reconciled", "payloads", "usage_matches"})
    void refusesDamagedFilesAndNamesThem(String table) throws IOException {
        reconcile();
        explain(0, Optional.of("DE"));
        for (Path file : dataFiles(table)) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] flipped = bytes.clone();
            flipped[bytes.length / 3] ^= 8;
            Files.write(file, flipped);
        }
        assertThatThrownBy(() -> explain(0, Optional.of("DE")))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining(table + " was changed since it was written")
                .hasMessageContaining("the data file " + folder)
                .hasMessageContaining("backup");
        for (Path file : dataFiles(table)) {
            Files.delete(file);
        }
        assertThatThrownBy(() -> explain(0, Optional.of("DE")))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining(table + " is missing");
    }

    private List<Path> dataFiles(String table) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains("/" + table + "/data/"))
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .toList();
        }
    }

    @Test
    void moneyIsComparedAsWellAsPlays() {
        reconcile();

        CellExplanation cell = explain(0, Optional.of("DE")).getFirst();

        assertThat(cell.revenues()).isNotEmpty();
        assertThat(cell.addsUp()).isTrue();
        assertThat(withRevenues(cell, List.of()).addsUp()).isFalse();
        assertThat(withRevenues(
                                cell,
                                cell.revenues().stream()
                                        .map(money -> new Money(
                                                money.currency(), money.amount().add(new BigDecimal("0.01"))))
                                        .toList())
                        .addsUp())
                .isFalse();
    }

    private static CellExplanation withRevenues(CellExplanation cell, List<Money> revenues) {
        return new CellExplanation(
                cell.source(),
                cell.period(),
                cell.isrc(),
                cell.title(),
                cell.territory(),
                cell.usage(),
                cell.closeId(),
                cell.reopened(),
                cell.apiCount(),
                cell.reportCount(),
                revenues,
                cell.payableCount(),
                cell.basis(),
                cell.finality(),
                cell.status(),
                cell.explanation(),
                cell.days(),
                cell.rows(),
                cell.notes());
    }

    private List<CellExplanation> explain(int recording, Optional<String> territory) {
        return new CellExplainer(books.ledger, books.lake, books.services, 128)
                .explain(new CellKey(OCTOBER, isrc(recording).value(), Optional.empty(), territory, Optional.empty()));
    }

    private void reconcile() {
        new Reconciler(books.ledger, books.lake, books.services, ReconcileFixture.LENIENT, 128)
                .reconcile("spotify", OCTOBER);
    }

    private PeriodCloser closer() {
        return new PeriodCloser(
                books.ledger,
                books.lake,
                books.services,
                ReconcileFixture.LENIENT,
                counts -> List.of(),
                InstantSource.fixed(ReconcileFixture.NOW),
                "test",
                128);
    }
}
