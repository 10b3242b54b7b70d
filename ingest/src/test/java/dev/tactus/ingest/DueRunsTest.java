package dev.tactus.ingest;

import static dev.tactus.ingest.SyncFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.source.CallBudget;
import dev.tactus.source.DailyBudget;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nights of cron: each runs what is due, whatever became of the nights before.
class DueRunsTest extends EachDatabase {
    @Test
    void aRunThatANightInterruptedIsEndedOnTheNextAndItsDayIsThere() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.failpoints = SimulatedCrash.after(20);
            assertThatThrownBy(() -> house.syncDue(0)).isInstanceOf(SimulatedCrash.class);

            house.failpoints = FailpointListener.none();
            house.itIs(night(DAY.plusDays(2)));
            List<SyncReport> reports = house.syncDue(0);

            assertThat(reports).extracting(SyncReport::end).containsOnly(SyncReport.End.FINISHED);
            assertThat(reports).extracting(SyncReport::days).containsExactly(List.of(DAY), List.of(DAY.plusDays(1)));
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), DAY);
                new ExpectedLake(house).holdsEverything(resources.lake(), DAY.plusDays(1));
                assertThat(resources.ledger().runs().unfinished(SyncFixture.SOURCE))
                        .isEmpty();
                assertThat(resources.ledger().chunks().unpublished()).isEmpty();
            });
        }
    }

    @Test
    void nightsWithoutARunAreMadeUpFor() {
        try (SyncFixture house = new SyncFixture(folder, 20, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.syncDue(0);
            house.itIs(night(DAY.plusDays(4)));

            assertThat(house.syncDue(0))
                    .singleElement()
                    .extracting(SyncReport::days)
                    .isEqualTo(List.of(DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3)));
        }
    }

    @Test
    void aSecondRunOfTheSameNightAsksForNothing() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.syncDue(3);
            house.itIs(night(DAY.plusDays(2)));
            SyncReport first = house.syncDue(3).getFirst();
            assertThat(first.days()).containsExactly(DAY, DAY.plusDays(1));
            long requests = house.simulator().report().requests();

            SyncReport second = house.syncDue(3).getFirst();

            assertThat(house.simulator().report().requests()).isEqualTo(requests);
            assertThat(second.days()).isEqualTo(first.days());
            assertThat(second.counts().of(ItemState.NOT_DUE))
                    .isEqualTo(second.counts().planned())
                    .isEqualTo(first.counts().planned());
            assertThat(second.accounted()).isTrue();
            assertThat(second.tables()).isEmpty();
            house.look(resources -> new ExpectedLake(house).holdsEverything(resources.lake(), DAY));
        }
    }

    @Test
    void aDayThatIsNotFinalIsAskedForOnTheNextNightAndNotOnceItIs() {
        try (SyncFixture house = new SyncFixture(folder, 20, Behaviour.faultless())) {
            for (int after = 1; after <= 4; after++) {
                house.itIs(night(DAY.plusDays(after)));
                SyncReport report = house.syncDue(3).getFirst();
                assertThat(report.days().contains(DAY))
                        .as("%d days after", after)
                        .isEqualTo(after <= 3);
                assertThat(report.counts().of(ItemState.NOT_DUE)).isZero();
            }
        }
    }

    @Test
    void aRetryAsksOnlyForWhatIsMissingAndIsAsIncompleteAsTheFirst() {
        Behaviour faults = Behaviour.faultless()
                .with(RecordingFaultRule.share(0.2, new ItemFault.Unavailable()))
                .with(RecordingFaultRule.share(0.2, new ItemFault.WrongType("streams"))
                        .on("/v1/streams"));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, faults)) {
            house.itIs(night(DAY.plusDays(1)));
            SyncReport first = house.sync(SyncFixture.request());
            long letters = first.counts().of(ItemState.DEAD_LETTERED);
            assertThat(letters).isPositive();
            assertThat(first.counts().of(ItemState.AWAITING_REPORT)).isPositive();
            assertThat(first.verdict().complete()).isFalse();
            long before = house.simulator().report().requests();

            SyncReport second = house.sync(SyncFixture.request());

            assertThat(second.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(letters);
            assertThat(second.counts().of(ItemState.NOT_DUE))
                    .isEqualTo(second.counts().planned() - letters);
            assertThat(house.simulator().report().requests() - before).isLessThanOrEqualTo(letters);
            assertThat(second.verdict().reasons()).isEqualTo(first.verdict().reasons());
        }
    }

    @Test
    void whatALaterRunHasTheAnswerToIsTakenOffAnIncompleteOne() {
        RecordingFaultRule pending = RecordingFaultRule.share(0.3, new ItemFault.Pending());
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(pending))) {
            house.itIs(night(DAY.plusDays(1)));
            SyncReport incomplete = house.syncDue(0).getFirst();
            assertThat(incomplete.end()).isEqualTo(SyncReport.End.INCOMPLETE);

            house.restart(Behaviour.faultless());
            house.itIs(night(DAY.plusDays(2)));
            house.sync(SyncFixture.request(List.of(DAY, DAY.plusDays(1)), EnumSet.allOf(Dataset.class)));
            long before = house.simulator().report().requests();
            List<SyncReport> third = house.syncDue(0);

            assertThat(third.getFirst().runId()).isEqualTo(incomplete.runId());
            assertThat(third.getFirst().end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(house.simulator().report().requests()).isEqualTo(before);
        }
    }

    @Test
    void aBudgetOfCallsIsKeptAndWhatItDidNotReachIsNoIncompletenessAndComesNext() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.calls = new CallBudget(20, Optional.empty(), InstantSource.system());
            SyncReport first = house.syncDue(0).getFirst();

            assertThat(house.simulator().report().requests()).isEqualTo(20);
            assertThat(first.end()).isEqualTo(SyncReport.End.INCOMPLETE);
            assertThat(first.accounted()).isTrue();
            assertThat(first.counts().of(ItemState.LANDED)).isPositive();
            assertThat(first.counts().overBudget())
                    .isEqualTo(first.counts().of(ItemState.PARKED))
                    .isPositive();
            assertThat(first.verdict().complete()).isTrue();
            assertThat(first.tables()).as("what was reached is there").isNotEmpty();

            house.calls = CallBudget.unlimited();
            assertThat(house.syncDue(0))
                    .singleElement()
                    .matches(second -> second.runId().equals(first.runId()))
                    .matches(second -> second.end() == SyncReport.End.FINISHED);
            house.look(resources -> new ExpectedLake(house).holdsEverything(resources.lake(), DAY));
        }
    }

    @Test
    void aBudgetOfADayIsKeptOverRunsAndIsThereAgainAfterMidnight() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            InstantSource clock = () -> InstantSource.system().instant().plus(house.clockAhead);
            house.itIs(night(DAY.plusDays(1)));
            for (int run = 0; run < 2; run++) {
                house.look(resources -> house.calls = CallBudget.unlimited()
                        .within(new DailyBudget(
                                20, resources.ledger().runs().requestsToday(SyncFixture.SOURCE), clock)));
                SyncReport report = house.syncDue(0).getFirst();
                assertThat(report.verdict().complete()).isTrue();
                assertThat(house.simulator().report().requests())
                        .as("calls after run " + run)
                        .isEqualTo(20);
            }
            house.itIs(night(DAY.plusDays(2)));
            house.look(resources -> assertThat(resources.ledger().runs().requestsToday(SyncFixture.SOURCE))
                    .isZero());
            house.calls = house.calls.within(new DailyBudget(1_000, 0, clock));
            assertThat(house.syncDue(0)).extracting(SyncReport::end).containsOnly(SyncReport.End.FINISHED);
            house.look(resources -> new ExpectedLake(house).holdsEverything(resources.lake(), DAY));
        }
    }

    @Test
    void noCallBeginsAfterTheTimeThatWasSet() {
        try (SyncFixture house = new SyncFixture(folder, 20, Behaviour.faultless())) {
            house.calls =
                    new CallBudget(Long.MAX_VALUE, Optional.of(Instant.now().minusSeconds(1)), InstantSource.system());

            SyncReport report = house.sync(SyncFixture.request());

            assertThat(house.simulator().report().requests()).isZero();
            assertThat(report.counts().overBudget()).isEqualTo(report.counts().planned());
            assertThat(report.verdict().complete()).isTrue();
        }
    }

    @Test
    void anAbandonedRunLeavesNothingStagedAndIsNotContinued() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.failpoints = SimulatedCrash.after(20);
            assertThatThrownBy(() -> house.syncDue(0)).isInstanceOf(SimulatedCrash.class);
            house.failpoints = FailpointListener.none();
            house.look(resources -> {
                Run run = resources.ledger().runs().list().getFirst();
                new RunAbandonment(resources.ledger(), resources.lake()).abandon(run, "a rehearsal");
                assertThat(resources.lake().staging().files(run.id())).isEmpty();
            });

            assertThat(house.syncDue(0))
                    .singleElement()
                    .matches(report -> report.days().equals(List.of(DAY)))
                    .matches(report -> report.end() == SyncReport.End.FINISHED);
            house.look(resources -> assertThat(resources.ledger().runs().list())
                    .extracting(Run::state)
                    .containsExactly(RunState.FINISHED, RunState.ABANDONED));
        }
    }

    private static Instant night(LocalDate day) {
        return day.atTime(4, 15).toInstant(ZoneOffset.UTC);
    }
}
