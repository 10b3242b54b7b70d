package dev.tactus.ledger.work;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.catalog.PlanPosition;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPagesTest extends StoreTest {
    private static final int RECORDINGS = 130;

    @Test
    void everyRecordingIsInOnePageAndEachPageIsClaimedOnce() {
        Run run = planned();
        long worker = ledger.workers().begin("work").number();
        List<Isrc> claimed = new ArrayList<>();
        for (Optional<RunPage> page = claim(run, worker); page.isPresent(); page = claim(run, worker)) {
            assertThat(page.orElseThrow().attempts()).isEqualTo(1);
            claimed.addAll(open(run, page.orElseThrow()));
        }
        assertThat(claimed)
                .containsExactlyElementsOf(
                        IntStream.range(0, RECORDINGS).mapToObj(Samples::isrc).toList());
        assertThat(ledger.pages().counts(run.id())).isEqualTo(new PageCounts(3, 3, 3, Optional.empty()));
        assertThat(ledger.workers().list())
                .singleElement()
                .satisfies(one -> assertThat(one.pages()).isEqualTo(3));
    }

    @Test
    void recordingsThatArePlannedLaterBelongToAPage() {
        Run run = planned();
        Samples.catalog(ledger, RECORDINGS + 5);
        ledger.items().plan(run.id(), Dataset.TRACKS, DAY);
        ledger.pages().open(run.id(), 50);
        long worker = ledger.workers().begin("work").number();
        List<RunPage> pages = List.of(
                claim(run, worker).orElseThrow(),
                claim(run, worker).orElseThrow(),
                claim(run, worker).orElseThrow());
        assertThat(open(run, pages.getLast())).contains(isrc(RECORDINGS + 4));
        assertThat(pages.getLast().range().to()).isEqualTo(PlanPosition.AFTER_ALL);
    }

    @Test
    void aPageThatIsGivenBackIsDueWhenItsItemsAre() {
        Run run = planned();
        long worker = ledger.workers().begin("work").number();
        RunPage page = claim(run, worker).orElseThrow();
        Instant later = clock.instant().plus(Duration.ofHours(1));
        ledger.items()
                .record(
                        run.id(),
                        open(run, page).stream()
                                .map(isrc -> isrc.equals(isrc(7))
                                        ? ItemOutcome.parked(isrc, Dataset.TRACKS, DAY, later, "throttled")
                                        : ItemOutcome.landed(isrc, Dataset.TRACKS, DAY, 1))
                                .toList());
        assertThat(ledger.items().isOpen(run.id(), clock.instant(), page.range()))
                .isFalse();
        ledger.pages().giveBack(page, worker);
        assertThat(claim(run, worker).orElseThrow().number()).isEqualTo(page.number() + 1);
        assertThat(ledger.pages().counts(run.id()).nextDue()).isPresent();

        clock.advance(Duration.ofHours(1));
        RunPage again = claim(run, worker).orElseThrow();
        assertThat(again.number()).isEqualTo(page.number());
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void whatAWorkerHadThatEndedIsFreeAndItCanWriteNothingMore() {
        Run run = planned();
        long first = ledger.workers().begin("work").number();
        long second = ledger.workers().begin("work").number();
        RunPage page = claim(run, first).orElseThrow();
        ledger.workers().end(first);

        assertThat(claim(run, second).orElseThrow().range()).isEqualTo(page.range());
        ledger.pages().giveBack(page, first);
        assertThat(ledger.pages().claims(run.id())).containsExactly(new PageClaim(second, 1, 2));
        ledger.workers().fence(first);
        assertThatThrownBy(() -> ledger.runs().state(run.id(), RunState.FAILED, ""))
                .isInstanceOf(LeaseLost.class)
                .hasMessageContaining("worker " + first + " was taken for dead");
        assertThatThrownBy(() -> ledger.workers().say(first)).isInstanceOf(LeaseLost.class);
    }

    private Run planned() {
        Samples.catalog(ledger, RECORDINGS);
        Run run = Samples.run(ledger);
        ledger.items().plan(run.id(), Dataset.TRACKS, DAY);
        ledger.pages().open(run.id(), 50);
        return run;
    }

    private Optional<RunPage> claim(Run run, long worker) {
        return ledger.pages().claim(run.id(), worker, clock.instant());
    }

    private List<Isrc> open(Run run, RunPage page) {
        return ledger.items().open(run.id(), Dataset.TRACKS, DAY, clock.instant(), page.range(), PlanPage.first(1_000));
    }
}
