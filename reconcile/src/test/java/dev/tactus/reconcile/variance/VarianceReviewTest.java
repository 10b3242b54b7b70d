package dev.tactus.reconcile.variance;

import static dev.tactus.reconcile.ReconcileFixture.LENIENT;
import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceVerdict;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VarianceReviewTest {
    private static final VarianceFilter WAITING =
            VarianceFilter.of(EnumSet.of(VarianceState.OPEN, VarianceState.STALE));

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(3);
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 100, "US", 50)
                .landed(1, october(1), "DE", 100)
                .publish();
        books.sold("r1", 0, "DE", 80)
                .sold("r1", 1, "DE", 40)
                .sold("r1", 0, "US", 50)
                .imported();
        reconcile();
    }

    @AfterEach
    void close() {
        books.close();
    }

    private Reconciliation reconcile() {
        return new Reconciler(books.ledger, books.lake, books.services, LENIENT, 256).reconcile("spotify", OCTOBER);
    }

    private VarianceReview review() {
        return new VarianceReview(books.ledger, books.lake, 256);
    }

    private List<Variance> all() {
        return review().list("spotify", OCTOBER, VarianceFilter.all(), 100);
    }

    private List<VarianceDecision> decide(VarianceVerdict verdict) {
        return review().decide("spotify", OCTOBER, WAITING, verdict, "asked", "Ada");
    }

    @Test
    void listsWhatDiffersBeyondTheToleranceLargestFirst() {
        assertThat(all()).extracting(Variance::difference).containsExactly(-60L, -20L);
        assertThat(all()).extracting(Variance::state).containsOnly(VarianceState.OPEN);
        assertThat(review().counts("spotify", OCTOBER).waiting()).isEqualTo(2);
        assertThat(review().sources(OCTOBER)).containsExactly("spotify");
    }

    @Test
    void aDecisionHoldsOverAnotherReconciliationThatSaysTheSame() {
        decide(VarianceVerdict.ACCEPTED);
        books.sold("r2", 2, "FR", 7).imported();
        assertThat(reconcile().written()).isTrue();

        assertThat(all()).extracting(Variance::state).containsOnly(VarianceState.ACCEPTED);
        assertThat(all().getFirst().decision().orElseThrow().by()).isEqualTo("Ada");
        assertThat(review().list("spotify", OCTOBER, WAITING, 10)).isEmpty();
    }

    @Test
    void aDecisionIsStaleWhenASideSaysSomethingElse() {
        decide(VarianceVerdict.ACCEPTED);
        books.sold("r2", 0, "DE", 1).imported();
        reconcile();

        assertThat(all()).extracting(Variance::state).containsExactly(VarianceState.ACCEPTED, VarianceState.STALE);
        assertThat(review().counts("spotify", OCTOBER).of(VarianceState.STALE)).isEqualTo(1);
    }

    @Test
    void aDecisionIsStaleWhenOnlyTheMoneyChanges() {
        decide(VarianceVerdict.ACCEPTED);
        books.without("r1")
                .sold("r1", "Spotify", isrc(0), "DE", "stream", OCTOBER, 80, "EUR", "0.7")
                .sold("r1", 1, "DE", 40)
                .imported();
        reconcile();

        assertThat(all()).extracting(Variance::state).containsExactly(VarianceState.ACCEPTED, VarianceState.STALE);
    }

    @Test
    void aDecisionIsSettledWhenBothSidesAgreeAtLast() {
        decide(VarianceVerdict.DISPUTED);
        books.sold("r2", 0, "DE", 20).imported();
        reconcile();

        assertThat(all()).extracting(Variance::state).containsExactly(VarianceState.DISPUTED, VarianceState.SETTLED);
    }

    @Test
    void aRowThatIsNamedMayBeAnyThatTheSidesDoNotAgreeOn() {
        books.sold("r2", 2, "FR", 7).imported();
        reconcile();
        VarianceFilter named = new VarianceFilter(
                Optional.of(isrc(2).value()), Optional.of("FR"), Optional.empty(), EnumSet.of(VarianceState.OPEN));

        assertThat(review().decide("spotify", OCTOBER, named, VarianceVerdict.DISPUTED, "not ours", "Ada"))
                .hasSize(1);
        assertThat(all()).hasSize(3);
    }

    @Test
    void whatIsDisputedIsWrittenForTheService() throws IOException {
        decide(VarianceVerdict.DISPUTED);
        List<Path> files = write(reconcile());
        Path list = folder.resolve("out/spotify-2026-10-disputes.csv");
        assertThat(files).contains(list);
        assertThat(Files.readString(list))
                .startsWith("service,period,isrc,title,")
                .contains(
                        "\"spotify\",\"2026-10\",\"QZTAC2500001\",\"Song 1\",\"Artist 1\",\"DE\",\"stream\",100,40,-60,"
                                + "\"EUR:0.5\",\"reported otherwise\",\"asked\",\"Ada\",\"2026-12-05 09:00 UTC\"");

        decide(VarianceVerdict.ACCEPTED);
        all().forEach(one -> books.ledger
                .varianceDecisions()
                .revoke(one.decision().orElseThrow().id(), "Ada", "a mistake"));
        assertThat(write(reconcile())).doesNotContain(list);
        assertThat(list).doesNotExist();
    }

    private List<Path> write(Reconciliation done) {
        return new ReconciliationFiles(books.ledger, books.lake, folder.resolve("out"), "test", 256)
                .write(done, Coverage.none(), Optional.empty());
    }
}
