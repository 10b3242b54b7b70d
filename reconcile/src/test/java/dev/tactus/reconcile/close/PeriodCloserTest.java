package dev.tactus.reconcile.close;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import dev.tactus.reconcile.close.PeriodCloser.Step;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodCloserTest {
    private static final Period NOVEMBER = Period.parse("2026-11");
    private static final Optional<String> ACCEPTED = Optional.of("agreed with finance");

    @TempDir
    private Path folder;

    private ReconcileFixture books;
    private Consumer<Step> steps = _ -> {};

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(3);
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 100)
                .landed(1, october(1), "DE", 50)
                .publish();
        books.sold("r1", 0, "DE", 101).sold("r1", 2, "FR", 7).imported();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void closesWhatIsCompleteAndSaysWhatItStandsOn() {
        PeriodRecord record = done(close(OCTOBER, Optional.empty())).record();

        assertThat(record.id()).isEqualTo("0001-spotify-2026-10");
        CloseManifest closed = CloseManifest.of(books.lake, record).orElseThrow();
        assertThat(closed.json().path("by").asString()).isEqualTo("Ada");
        assertThat(closed.json().path("totals").path("payable_count").asLong()).isEqualTo(158);
        assertThat(closed.files("daily_streams")).hasSize(1);
        assertThat(closed.files("sales")).hasSize(1);
        assertThat(closed.files("reconciled")).hasSize(1);
        assertThat(books.lake.tagged(closed.tag()))
                .containsKeys(LakeTable.DAILY_STREAMS, LakeTable.SALES, LakeTable.RECONCILED);
        assertThat(closed.rules()).isEqualTo(ReconcileFixture.LENIENT);
        assertThat(audit(OCTOBER)).isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void refusesWhatIsIncompleteUnlessSomebodyAcceptsIt() {
        books.without("r1").imported();

        CloseOutcome refused = close(OCTOBER, Optional.empty());
        assertThat(refused)
                .isInstanceOfSatisfying(
                        CloseOutcome.Refused.class,
                        r -> assertThat(r.completeness().reasons())
                                .singleElement()
                                .asString()
                                .contains("of the recording-days have no source"));
        assertThat(books.ledger.periods().list()).isEmpty();
        assertThat(folder.resolve("lake/closes")).doesNotExist();

        PeriodRecord record = done(close(OCTOBER, ACCEPTED)).record();
        assertThat(record.reason()).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAMonthWhoseStatementsAreStillToCome(boolean apiPays) {
        ReconciliationRules defaults = ReconciliationRules.defaults();
        ReconciliationRules rules = new ReconciliationRules(
                defaults.relative(),
                defaults.absolute(),
                defaults.variance(),
                apiPays,
                defaults.provisional(),
                defaults.uncovered());
        assertThat(closing(rules).close("spotify", OCTOBER, "Ada", Optional.empty()))
                .isInstanceOfSatisfying(
                        CloseOutcome.Refused.class,
                        r -> assertThat(r.completeness().reasons())
                                .singleElement()
                                .asString()
                                .startsWith("31.65 % of the counts are not final (limit 5 %)"));

        books.sold("r2", 1, "DE", 50).imported();
        done(closing(rules).close("spotify", OCTOBER, "Ada", Optional.empty()));
    }

    @Test
    void refusesAPeriodThatIsNotOver() {
        assertThat(close(Period.parse("2026-12"), Optional.empty()))
                .isInstanceOfSatisfying(
                        CloseOutcome.Refused.class,
                        r -> assertThat(r.completeness().reasons())
                                .contains("the period is not over: its last day is 2026-12-31 (UTC)"));
    }

    @Test
    void addsNothingToARecordThatWasChanged() throws IOException {
        PeriodRecord record = done(close(OCTOBER, Optional.empty())).record();
        Path manifest = folder.resolve("lake").resolve(record.manifest());
        Files.writeString(manifest, Files.readString(manifest).replace("158", "159"));

        assertThatThrownBy(() -> close(NOVEMBER, ACCEPTED))
                .isInstanceOf(IntegrityFailure.class)
                .hasMessageContaining(record.manifest())
                .hasMessageContaining("backup");
        assertThatThrownBy(() -> closing(ReconcileFixture.LENIENT).reopen("spotify", OCTOBER, "Grace", "no"))
                .isInstanceOf(IntegrityFailure.class);
        assertThatThrownBy(() -> csv(record.id())).isInstanceOf(IntegrityFailure.class);
        assertThat(books.ledger.periods().list()).containsExactly(record);
    }

    /// Nobody reads the manifest of a close that was reopened but whoever proves the chain.
    @Test
    void addsNothingToAChainWhoseOlderLinkWasChanged() throws IOException {
        PeriodRecord record = done(close(OCTOBER, Optional.empty())).record();
        closing(ReconcileFixture.LENIENT).reopen("spotify", OCTOBER, "Grace", "a report was wrong");
        Path manifest = folder.resolve("lake").resolve(record.manifest());
        Files.writeString(manifest, Files.readString(manifest).replace("158", "159"));

        assertThatThrownBy(() -> close(OCTOBER, ACCEPTED))
                .isInstanceOf(IntegrityFailure.class)
                .hasMessageContaining(record.manifest());
        assertThat(books.ledger.periods().list()).hasSize(2);
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() {
        PeriodRecord record = done(close(OCTOBER, Optional.empty())).record();
        assertThat(close(OCTOBER, Optional.empty())).isEqualTo(new CloseOutcome.AlreadyClosed(record));
        assertThat(books.ledger.periods().list()).hasSize(1);
    }

    @Test
    void refusesAPeriodThatOverlapsAClosedOne() {
        close(OCTOBER, Optional.empty());
        assertThatThrownBy(() -> close(Period.parse("2026-10-31..2026-11-04"), ACCEPTED))
                .isInstanceOf(PeriodRefusal.class)
                .hasMessageContaining("overlaps 2026-10, which is closed");
        assertThatThrownBy(() -> reconciler().reconcile("spotify", OCTOBER))
                .isInstanceOf(PeriodRefusal.class)
                .hasMessageContaining("by Ada");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void leavesNoHalfCloseWhereverItIsKilled(Step killed) {
        steps = step -> {
            if (step == killed) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> close(OCTOBER, Optional.empty())).hasMessage("killed");
        boolean closed = killed == Step.RECORDED;
        assertThat(books.ledger.periods().list()).hasSize(closed ? 1 : 0);

        steps = _ -> {};
        if (!closed) {
            // what comes in between moves the tags along
            books.sold("r2", 1, "DE", 49).imported();
        }
        close(OCTOBER, Optional.empty());

        assertThat(books.ledger.periods().list()).hasSize(1);
        assertThat(audit(OCTOBER)).isInstanceOf(AuditVerdict.AddsUp.class);
        assertThat(csv("0001-spotify-2026-10").lines()).hasSize(4);
    }

    @Test
    void writesTheSameBytesWhateverCameIn() {
        String id = done(close(OCTOBER, Optional.empty())).record().id();
        String before = csv(id);
        books.run(october(1), october(1)).landed(0, october(1), "DE", 999).publish();
        books.sold("late", 1, "DE", 5).imported();
        books.lake.maintain(new MaintenanceSettings(
                1, Instant.now().plusSeconds(60), Set.of(), Instant.now().plusSeconds(60)));

        assertThat(csv(id)).isEqualTo(before);
        assertThat(before)
                .contains("\"Song 0\",\"Artist 0\",\"DE\",\"stream\",100,101,1,0.01,\"within_tolerance\",101");
        assertThat(audit(OCTOBER)).isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void correctsAClosedPeriodInTheOpenOne() {
        String id = done(close(OCTOBER, Optional.empty())).record().id();
        books.sold("late", "Spotify", isrc(1), "DE", "stream", OCTOBER, 44, "EUR", "2.5")
                .sold("late", "Spotify", isrc(2), "BR", "stream", OCTOBER, 9, "USD", "1")
                .imported();

        Reconciliation november = reconciler().reconcile("spotify", NOVEMBER);

        assertThat(november.adjustments()).singleElement().satisfies(one -> {
            assertThat(one.corrects()).isEqualTo("2026-10");
            assertThat(one.closeId()).isEqualTo(id);
            assertThat(one.count()).isEqualTo(44 - 50 + 9);
        });
        assertThat(books.ask("SELECT isrc[-1:], territory, corrects, period, close_id, closed_count, restated_count,"
                        + " payable_count, currency, report_revenue, report_ids FROM adjustments ORDER BY ALL"))
                .containsExactly(
                        "1|DE|2026-10|2026-11|" + id + "|50|44|-6|EUR|2.5|[late]",
                        "2|BR|2026-10|2026-11|" + id + "|0|9|9|USD|1|[late]");
    }

    /// A workbench joins one after the other; what one of them adds up to the world was once a table in the way of the
    /// other's view.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void correctsAClosedPeriodWhicheverOfTheTwoHasRowsForTheWorld(boolean closedHas) {
        books.sold("r2", "Spotify", isrc(1), closedHas ? "WW" : "DE", "stream", OCTOBER, 50, "EUR", "1")
                .sold("r2", "Spotify", isrc(1), closedHas ? "DE" : "WW", "stream", NOVEMBER, 60, "EUR", "1")
                .imported();
        close(OCTOBER, Optional.empty());
        books.sold("late", 2, "FR", 3).imported();

        Reconciliation november = reconciler().reconcile("spotify", NOVEMBER);

        assertThat(november.adjustments()).extracting(Adjustment::count).containsExactly(3L);
        assertThat(november.totals().all().payable()).isEqualTo(60);
    }

    @Test
    void provesAPeriodOfWhichNothingWasCounted() {
        books.sold("other", "Spotify", isrc(90), "DE", "stream", NOVEMBER, 5, "EUR", "1")
                .imported();
        done(close(NOVEMBER, ACCEPTED));
        assertThat(audit(NOVEMBER)).isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void refusesToExportWhatIsNotWhatWasClosed() {
        PeriodRecord record = done(close(OCTOBER, Optional.empty())).record();
        closing(ReconcileFixture.LENIENT).reopen("spotify", OCTOBER, "Grace", "a report was wrong");
        books.sold("r2", 1, "DE", 49).imported();
        Reconciliation other = reconciler().reconcile("spotify", OCTOBER);
        books.lake.tag("close-" + record.id(), other.snapshots());

        assertThatThrownBy(() -> csv(record.id()))
                .isInstanceOf(IntegrityFailure.class)
                .hasMessageContaining("not what was closed");
    }

    /// Who has stopped selling still has closed periods, and what becomes known of them is owed.
    @Test
    void aServiceOfWhichTheOpenPeriodKnowsNothingIsReconciledWhereItsClosedOnesHaveChanged() {
        books.sold("b1", "Band-Camp", isrc(1), "DE", "download", OCTOBER, 3, "EUR", "1")
                .imported();
        reconciler().reconcile("bandcamp", OCTOBER);
        done(closing(ReconcileFixture.LENIENT).close("bandcamp", OCTOBER, "Ada", ACCEPTED));
        assertThat(reconciler().sources(NOVEMBER, List.of("spotify"))).containsExactly("spotify");

        books.sold("b2", "Band-Camp", isrc(2), "DE", "download", OCTOBER, 4, "EUR", "1.5")
                .imported();

        assertThat(reconciler().sources(NOVEMBER, List.of("spotify"))).containsExactly("spotify", "bandcamp");
        assertThat(reconciler().reconcile("bandcamp", NOVEMBER).adjustments())
                .extracting(Adjustment::count)
                .containsExactly(4L);
        done(closing(ReconcileFixture.LENIENT).close("bandcamp", NOVEMBER, "Ada", ACCEPTED));
        assertThat(reconciler().sources(Period.parse("2026-12"), List.of("spotify")))
                .as("what November has booked is not owed again")
                .containsExactly("spotify");

        books.without("b2").imported();
        assertThat(reconciler().sources(Period.parse("2026-12"), List.of("spotify")))
                .containsExactly("spotify", "bandcamp");
    }

    @Test
    void correctsNothingTwice() {
        close(OCTOBER, Optional.empty());
        books.sold("late", 1, "DE", 44).imported();
        Period december = Period.parse("2026-12");
        reconciler().reconcile("spotify", NOVEMBER);
        assertThat(reconciler().reconcile("spotify", december).adjustments()).isEmpty();
        done(close(NOVEMBER, ACCEPTED));

        books.sold("later", 1, "DE", 1).imported();
        assertThat(reconciler().reconcile("spotify", december).adjustments())
                .extracting(Adjustment::count)
                .containsExactly(1L);
        assertThat(books.ask("SELECT period, booked_count, payable_count FROM adjustments ORDER BY 1"))
                .containsExactly("2026-11|0|-6", "2026-12|-6|1");

        books.without("later").without("late").imported();
        assertThat(reconciler().reconcile("spotify", december).adjustments())
                .extracting(Adjustment::count)
                .as("what November paid back is paid again")
                .containsExactly(6L);
        assertThat(audit(OCTOBER)).isInstanceOf(AuditVerdict.AddsUp.class);
        assertThat(audit(NOVEMBER)).isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void takesAdjustmentsBackThatAreNoLongerDue() {
        close(OCTOBER, Optional.empty());
        books.sold("late", 1, "DE", 44).imported();
        reconciler().reconcile("spotify", NOVEMBER);
        books.without("late").imported();

        assertThat(reconciler().reconcile("spotify", NOVEMBER).adjustments()).isEmpty();
        assertThat(books.ask("SELECT count(*) FROM adjustments")).containsExactly("0");
    }

    @Test
    void opensAgainOnTheRecordAndClosesAnew() {
        done(close(OCTOBER, Optional.empty()));
        PeriodRecord reopened =
                closing(ReconcileFixture.LENIENT).reopen("spotify", OCTOBER, "Grace", "a report was wrong");
        assertThat(reopened.reopens()).contains(1L);
        books.sold("r2", 1, "DE", 49).imported();
        assertThat(reconciler().reconcile("spotify", OCTOBER).written()).isTrue();

        PeriodRecord again = done(close(OCTOBER, Optional.empty())).record();

        assertThat(again.id()).isEqualTo("0003-spotify-2026-10");
        assertThat(books.ledger.periods().list())
                .extracting(PeriodRecord::closes)
                .containsExactly(true, false, true);
        assertThat(audit(OCTOBER)).isInstanceOf(AuditVerdict.AddsUp.class);
        assertThat(csv("0001-spotify-2026-10")).isNotEqualTo(csv("0003-spotify-2026-10"));
        assertThatThrownBy(() -> closing(ReconcileFixture.LENIENT).reopen("spotify", NOVEMBER, "Grace", "no"))
                .isInstanceOf(PeriodRefusal.class)
                .hasMessageContaining("is not closed");
    }

    @Test
    void whatAnotherPeriodHasBookedForOneThatIsOpenedAgainCountsOnce() {
        Period september = Period.parse("2026-09");
        books.sold("s1", "Deezer", isrc(1), "DE", "stream", september, 100, "EUR", "1")
                .imported();
        reconciler().reconcile("deezer", september);
        done(closing(ReconcileFixture.LENIENT).close("deezer", september, "Ada", ACCEPTED));
        books.sold("s2", "Deezer", isrc(1), "DE", "stream", september, 10, "EUR", "0.1")
                .imported();
        reconciler().reconcile("deezer", OCTOBER);
        assertThat(paid()).as("booked by October").isEqualTo("110 1.10");

        closing(ReconcileFixture.LENIENT).reopen("deezer", september, "Grace", "a report was wrong");
        reconciler().reconcile("deezer", september);
        assertThat(paid()).as("opened again").isEqualTo("110 1.10");

        reconciler().reconcile("deezer", OCTOBER);
        assertThat(paid()).as("October again").isEqualTo("110 1.10");

        books.sold("s3", "Deezer", isrc(1), "DE", "stream", september, 5, "EUR", "0.05")
                .imported();
        reconciler().reconcile("deezer", OCTOBER);
        reconciler().reconcile("deezer", september);
        assertThat(paid()).as("what comes while it is open").isEqualTo("115 1.15");

        done(closing(ReconcileFixture.LENIENT).close("deezer", september, "Ada", ACCEPTED));
        reconciler().reconcile("deezer", OCTOBER);
        reconciler().reconcile("deezer", NOVEMBER);
        assertThat(paid()).as("closed again").isEqualTo("115 1.15");
    }

    /// Of all periods and their adjustments, as engines add them up.
    private String paid() {
        return books.ask("SELECT sum(n)::BIGINT || ' ' || CAST(sum(a) AS DECIMAL(18,2)) FROM ("
                        + "SELECT payable_count AS n, list_sum(list_transform(revenues, lambda r: r.amount)) AS a"
                        + " FROM reconciled WHERE source = 'deezer' UNION ALL"
                        + " SELECT payable_count, list_sum(list_transform(revenues, lambda r: r.amount))"
                        + " FROM adjustments WHERE source = 'deezer')")
                .getFirst();
    }

    private String csv(String closeId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CloseExport(books.ledger, books.lake, 128).write(closeId, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CloseOutcome.Done done(CloseOutcome outcome) {
        assertThat(outcome).isInstanceOf(CloseOutcome.Done.class);
        return (CloseOutcome.Done) outcome;
    }

    private CloseOutcome close(Period period, Optional<String> accept) {
        return closing(ReconcileFixture.LENIENT).close("spotify", period, "Ada", accept);
    }

    private PeriodCloser closing(ReconciliationRules rules) {
        return new PeriodCloser(
                books.ledger,
                books.lake,
                books.services,
                rules,
                counts -> List.of(),
                InstantSource.fixed(ReconcileFixture.NOW),
                "test",
                128,
                steps);
    }

    private Reconciler reconciler() {
        return new Reconciler(books.ledger, books.lake, books.services, ReconcileFixture.LENIENT, 128);
    }

    private AuditVerdict audit(Period period) {
        return new Audit(books.ledger, books.lake, books.services, 128).period(period, Optional.empty());
    }
}
