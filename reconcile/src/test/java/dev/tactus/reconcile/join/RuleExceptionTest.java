package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.NOW;
import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.VarianceVerdict;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.manifest.CloseManifest;
import dev.tactus.reconcile.variance.VarianceFilter;
import dev.tactus.reconcile.variance.VarianceReview;
import dev.tactus.settings.Section;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules that hold for some rows only, and rows that a statement does not have.
class RuleExceptionTest {
    private static final String BY_TERRITORY =
            "SELECT territory, status, payable_count, basis, finality FROM reconciled" + " ORDER BY isrc, territory";

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(2);
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 100, "IN", 100, "FR", 40)
                .landed(1, october(1), "DE", 30)
                .publish();
        books.sold("r1", 0, "DE", 90).sold("r1", 0, "IN", 90).imported();
    }

    @AfterEach
    void close() {
        books.close();
    }

    private static ReconciliationRules rules(String yaml) {
        return ReconciliationRules.read(Section.parse("rules", yaml, name -> null));
    }

    private Reconciliation reconcile(PeriodRules rules) {
        return new Reconciler(books.ledger, books.lake, books.services, rules, 256).reconcile("spotify", OCTOBER);
    }

    private CloseOutcome close(PeriodRules rules) {
        return new PeriodCloser(
                        books.ledger,
                        books.lake,
                        books.services,
                        rules,
                        counts -> List.of(),
                        InstantSource.fixed(NOW),
                        "test",
                        256)
                .close("spotify", OCTOBER, "Ada", Optional.empty());
    }

    @Test
    void theFirstExceptionThatConcernsARowHolds() {
        reconcile(rules("""
                variance: provisional
                exceptions:
                  - {service: Spotify, territories: [IN], tolerance: {relative: 20%}}
                  - {territories: [IN], tolerance: {relative: 0%, absolute: 0}}
                  - {territories: [FR], api_only: excluded}
                  - {service: deezer, tolerance: {relative: 100%}}
                """));

        assertThat(books.ask(BY_TERRITORY))
                .containsExactly(
                        "DE|variance|90|report|provisional",
                        "FR|api_only|0|api|provisional",
                        "IN|within_tolerance|90|report|final",
                        "DE|api_only|30|api|provisional");
        assertThat(books.ask("SELECT explanation FROM reconciled WHERE territory = 'IN'"))
                .containsExactly("they differ within the tolerance of 20 % or 5; the report is payable; the API counted"
                        + " on 1 of 31 days");
    }

    @Test
    void whatAStatementThatIsOutDoesNotHaveIsNotReportedWhereItTellsOfTheTerritory() {
        PeriodRules out =
                (source, period) -> ReconcileFixture.LENIENT.of(source).withStatementOut(true);
        Reconciliation done = reconcile(out);

        assertThat(books.ask(BY_TERRITORY))
                .containsExactly(
                        "DE|variance|90|report|final",
                        "FR|api_only|40|api|provisional",
                        "IN|variance|90|report|final",
                        "DE|not_reported|0|report|final");
        assertThat(done.totals().of(ReconciliationStatus.NOT_REPORTED).api()).isEqualTo(30);
    }

    @Test
    void aCloseKeepsTheRulesThatItWasMadeBySoThatItCanBeJoinedOver() {
        ReconciliationRules said = rules("""
                provisional: 100%
                not_reported: provisional
                uncovered: 100%
                exceptions:
                  - {territories: [IN, US], usage_types: [stream], tolerance: {relative: 20%, absolute: 7}}
                """).withStatementOut(true);
        CloseOutcome.Done done = (CloseOutcome.Done) close((source, period) -> said);

        assertThat(CloseManifest.of(books.lake, done.record())
                        .orElseThrow()
                        .rules()
                        .written())
                .isEqualTo(said.written());
        assertThat(new Audit(books.ledger, books.lake, books.services, 256).period(OCTOBER, Optional.empty()))
                .isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void aPeriodIsClosedWhenEveryVarianceHasADecisionWhereThatIsRequired() {
        ReconciliationRules required = rules("{decisions: required, provisional: 100%, uncovered: 100%}");
        assertThat(close(required))
                .isInstanceOfSatisfying(
                        CloseOutcome.Refused.class,
                        refused -> assertThat(refused.completeness().reasons())
                                .containsExactly("2 variances wait for a decision; tactus variances list --waiting"
                                        + " shows them"));
        accept();
        assertThat(close(required)).isInstanceOf(CloseOutcome.Done.class);
    }

    @Test
    void whatSomebodyHasAcceptedIsAsGoodAsFinal() {
        ReconciliationRules looked =
                rules("{variance: provisional, api_only: provisional, provisional: 30%, uncovered: 100%}");
        assertThat(close(looked)).isInstanceOf(CloseOutcome.Refused.class);
        accept();
        assertThat(close(looked)).isInstanceOf(CloseOutcome.Done.class);
    }

    private void accept() {
        new VarianceReview(books.ledger, books.lake, 256)
                .decide("spotify", OCTOBER, VarianceFilter.all(), VarianceVerdict.ACCEPTED, "previews", "Ada");
    }
}
