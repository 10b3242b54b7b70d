package dev.tactus.ledger.items;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.recording;
import static dev.tactus.music.Dataset.LISTENERS;
import static dev.tactus.music.Dataset.STREAMS;
import static dev.tactus.music.Dataset.TRACKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkItemsTest extends StoreTest {
    private WorkItems items;
    private String run;

    @SuppressWarnings("NullAway.Init")
    WorkItemsTest() {}

    @BeforeEach
    void startRun() {
        items = ledger.items();
        run = Samples.run(ledger).id();
    }

    @Test
    void plansEveryActiveRecordingOnce() {
        catalog(ledger, 5);
        catalog(ledger, 3);
        assertThat(items.plan(run, STREAMS, DAY)).isEqualTo(3);
        items.record(run, List.of(ItemOutcome.landed(isrc(0), STREAMS, DAY, 1)));

        assertThat(items.plan(run, STREAMS, DAY)).isZero();

        assertThat(items.counts(run).planned()).isEqualTo(3);
        assertThat(items.counts(run).of(ItemState.LANDED)).isEqualTo(1);
        assertThat(open(STREAMS)).containsExactly(isrc(1), isrc(2));
    }

    @Test
    void plansSomeRecordingsOnly() {
        catalog(ledger, 5);
        assertThat(items.plan(run, STREAMS, DAY, List.of(isrc(3), isrc(1)))).isEqualTo(2);
        assertThat(open(STREAMS)).containsExactly(isrc(1), isrc(3));
        assertThatThrownBy(() -> items.plan(run, STREAMS, DAY, List.of(isrc(0), isrc(99))))
                .hasMessageContaining(isrc(99).value());
        assertThat(items.counts(run).planned()).isEqualTo(2);
    }

    @Test
    void givesOpenItemsPageByPageInTheOrderOfThePlan() {
        ledger.recordings()
                .replaceWith(
                        "h",
                        List.of(recording(1, 0), recording(2, 5), recording(3, 0), recording(4, 5), recording(0, 0))
                                .iterator());
        items.plan(run, STREAMS, DAY);

        PlanPage page = PlanPage.first(2);
        List<Isrc> first = items.open(run, STREAMS, DAY, clock.instant(), page);
        assertThat(first).containsExactly(isrc(2), isrc(4));

        items.record(run, List.of(ItemOutcome.landed(isrc(4), STREAMS, DAY, 1)));
        List<Isrc> second = items.open(run, STREAMS, DAY, clock.instant(), page.after(first.getLast()));
        assertThat(second).containsExactly(isrc(0), isrc(1));
        assertThat(items.open(run, STREAMS, DAY, clock.instant(), page.after(second.getLast())))
                .containsExactly(isrc(3));
        assertThat(items.open(run, STREAMS, DAY, clock.instant(), page.after(isrc(3))))
                .isEmpty();
    }

    @Test
    void keepsTheOrderOfAPlanWhenTheCatalogChanges() {
        ledger.recordings()
                .replaceWith("h", List.of(recording(1, 0), recording(2, 5)).iterator());
        items.plan(run, STREAMS, DAY);
        ledger.recordings().replaceWith("h2", List.of(recording(1, 9)).iterator());

        assertThat(open(STREAMS)).containsExactly(isrc(2), isrc(1));
        assertThat(items.open(
                        run, STREAMS, DAY, clock.instant(), PlanPage.first(1).after(isrc(2))))
                .containsExactly(isrc(1));
    }

    @Test
    void givesParkedItemsOnceTheyAreDue() {
        catalog(ledger, 3);
        items.plan(run, STREAMS, DAY);
        Instant due = clock.instant().plus(Duration.ofHours(2));
        items.record(
                run,
                List.of(
                        ItemOutcome.parked(isrc(1), STREAMS, DAY, due, "penalty"),
                        ItemOutcome.parked(isrc(2), STREAMS, DAY, due.plusSeconds(1), "pending")));

        assertThat(open(STREAMS)).containsExactly(isrc(0));
        assertThat(items.nextDue(run)).contains(due);

        clock.advance(Duration.ofHours(2));
        assertThat(open(STREAMS)).containsExactly(isrc(0), isrc(1));

        items.record(run, List.of(ItemOutcome.landed(isrc(1), STREAMS, DAY, 4)));
        assertThat(items.nextDue(run)).contains(due.plusSeconds(1));
        items.record(run, List.of(ItemOutcome.landed(isrc(2), STREAMS, DAY, 4)));
        assertThat(items.nextDue(run)).isEmpty();
    }

    @Test
    void addsUpOnlyWhenEveryItemHasItsOutcome() {
        catalog(ledger, 6);
        items.plan(run, STREAMS, DAY);
        items.record(
                run,
                List.of(
                        ItemOutcome.landed(isrc(0), STREAMS, DAY, 3),
                        ItemOutcome.notFound(isrc(1), STREAMS, DAY, "search_empty"),
                        ItemOutcome.deadLettered(isrc(2), STREAMS, DAY, 1, "schema"),
                        ItemOutcome.awaitingReport(isrc(3), STREAMS, DAY, 2, "unavailable"),
                        ItemOutcome.parked(isrc(4), STREAMS, DAY, clock.instant(), "pending")));
        assertThat(items.counts(run).addsUp()).isFalse();
        assertThat(items.counts(run).open()).isEqualTo(1);

        items.record(run, List.of(new ItemOutcome(isrc(5), STREAMS, DAY, ItemState.FELL_BACK, 0, "report-1", null)));

        ItemCounts counts = items.counts(run);
        assertThat(counts.addsUp()).isTrue();
        assertThat(counts.planned()).isEqualTo(6);
        for (ItemState state : ItemState.values()) {
            boolean none = state == ItemState.PLANNED || state == ItemState.NOT_DUE;
            assertThat(counts.of(state)).as(state.name()).isEqualTo(none ? 0 : 1);
        }
    }

    @Test
    void doesNotAddUpWhenItemsWereLost() {
        ItemCounts counts = ItemCounts.sum(List.of());
        assertThat(counts.addsUp()).isTrue();
        assertThat(new ItemCounts(1, counts.states()).addsUp()).isFalse();
    }

    @Test
    void countsByDayAndDataset() {
        catalog(ledger, 2);
        items.plan(run, LISTENERS, DAY);
        items.plan(run, STREAMS, DAY);
        items.plan(run, STREAMS, DAY.minusDays(1));
        items.plan(run, TRACKS, DAY);
        items.record(
                run,
                List.of(
                        ItemOutcome.landed(isrc(0), STREAMS, DAY, 7),
                        ItemOutcome.landed(isrc(1), STREAMS, DAY, 8),
                        ItemOutcome.landed(isrc(1), TRACKS, DAY, 2)));

        List<SliceCounts> slices = items.countsBySlice(run);
        assertThat(slices).extracting(SliceCounts::dataset).containsExactly(STREAMS, TRACKS, STREAMS, LISTENERS);
        assertThat(slices).extracting(SliceCounts::rows).containsExactly(0L, 2L, 15L, 0L);
        assertThat(slices.get(2).counts().addsUp()).isTrue();
        assertThat(slices.get(1).counts().addsUp()).isFalse();
        assertThat(items.counts(run).planned()).isEqualTo(8);
    }

    @Test
    void recordsAllOutcomesOrNone() {
        catalog(ledger, 2);
        items.plan(run, STREAMS, DAY);
        assertThatThrownBy(() -> items.record(
                        run,
                        List.of(
                                ItemOutcome.landed(isrc(0), STREAMS, DAY, 1),
                                ItemOutcome.landed(isrc(9), STREAMS, DAY, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has not planned " + isrc(9));
        assertThat(items.counts(run).of(ItemState.LANDED)).isZero();

        assertThatThrownBy(() -> items.record(run, List.of(ItemOutcome.landed(isrc(0), LISTENERS, DAY, 1))))
                .hasMessageContaining("has not planned listeners");
    }

    @Test
    void givesOpenRecordingsOverAllDatasetsThatHaveNoFreshResolution() {
        catalog(ledger, 8);
        items.plan(run, STREAMS, DAY);
        items.plan(run, LISTENERS, DAY);
        Instant now = clock.instant();
        Instant old = now.minus(Duration.ofDays(40));
        Freshness fresh = Freshness.of(now, Duration.ofDays(30), Duration.ofDays(1));
        ledger.resolutions()
                .record(
                        SOURCE,
                        List.of(
                                new Resolution.Found(isrc(0), List.of("t0"), now),
                                new Resolution.Found(isrc(1), List.of("t1"), old),
                                new Resolution.Absent(isrc(2), 2, now),
                                new Resolution.Absent(isrc(3), 1, now),
                                new Resolution.Absent(isrc(4), 2, now.minus(Duration.ofDays(2)))));
        ledger.resolutions().record("deezer", List.of(new Resolution.Found(isrc(5), List.of("d5"), now)));
        items.record(
                run,
                List.of(
                        ItemOutcome.landed(isrc(5), STREAMS, DAY, 1),
                        ItemOutcome.landed(isrc(6), STREAMS, DAY, 1),
                        ItemOutcome.landed(isrc(6), LISTENERS, DAY, 1),
                        ItemOutcome.parked(isrc(7), STREAMS, DAY, now.plusSeconds(60), "penalty"),
                        ItemOutcome.parked(isrc(7), LISTENERS, DAY, now.plusSeconds(60), "penalty")));

        PlanPage page = PlanPage.first(2);
        assertThat(items.openUnresolved(run, SOURCE, fresh, now, page)).containsExactly(isrc(1), isrc(3));
        assertThat(items.openUnresolved(run, SOURCE, fresh, now, page.after(isrc(3))))
                .containsExactly(isrc(4), isrc(5));
        assertThat(items.openUnresolved(run, SOURCE, fresh, now, page.after(isrc(5))))
                .isEmpty();
        assertThat(items.openUnresolved(run, SOURCE, fresh, now.plusSeconds(60), page.after(isrc(5))))
                .containsExactly(isrc(7));
        assertThat(ledger.resolutions().unresolved(SOURCE, fresh)).isEqualTo(6);
    }

    @Test
    void givesWhatIsNotYetPublished() {
        catalog(ledger, 3);
        items.plan(run, TRACKS, DAY);
        items.plan(run, STREAMS, DAY);
        items.record(
                run,
                List.of(
                        ItemOutcome.landed(isrc(2), TRACKS, DAY, 1),
                        ItemOutcome.landed(isrc(0), STREAMS, DAY, 5),
                        ItemOutcome.notFound(isrc(1), STREAMS, DAY, "missing"),
                        ItemOutcome.parked(isrc(2), STREAMS, DAY, clock.instant(), "pending")));

        Iterable<UnpublishedItem> unpublished = items.unpublished(run);
        assertThat(unpublished)
                .containsExactly(
                        new UnpublishedItem(isrc(2), TRACKS, DAY, ItemState.LANDED, 1),
                        new UnpublishedItem(isrc(0), STREAMS, DAY, ItemState.LANDED, 5),
                        new UnpublishedItem(isrc(1), STREAMS, DAY, ItemState.NOT_FOUND, 0));
        assertThat(unpublished).as("read once more").hasSize(3);

        PublicationRecord publication = ledger.publications().begin(run);
        assertThat(items.markPublished(run, publication.id())).isEqualTo(3);
        assertThat(items.unpublished(run)).isEmpty();

        items.record(run, List.of(ItemOutcome.landed(isrc(2), STREAMS, DAY, 9)));
        assertThat(items.unpublished(run))
                .containsExactly(new UnpublishedItem(isrc(2), STREAMS, DAY, ItemState.LANDED, 9));
    }

    @Test
    void takesAnOutcomeBackIntoTheNextPublication() {
        catalog(ledger, 1);
        items.plan(run, STREAMS, DAY);
        items.record(run, List.of(ItemOutcome.deadLettered(isrc(0), STREAMS, DAY, 1, "schema")));
        items.markPublished(run, ledger.publications().begin(run).id());

        items.record(run, List.of(ItemOutcome.landed(isrc(0), STREAMS, DAY, 4)));

        assertThat(items.unpublished(run))
                .containsExactly(new UnpublishedItem(isrc(0), STREAMS, DAY, ItemState.LANDED, 4));
        assertThat(items.counts(run).addsUp()).isTrue();
    }

    @Test
    void keepsRunsApart() {
        catalog(ledger, 2);
        String other = Samples.run(ledger).id();
        items.plan(run, STREAMS, DAY);
        items.plan(other, STREAMS, DAY);
        items.record(other, List.of(ItemOutcome.landed(isrc(0), STREAMS, DAY, 1)));

        assertThat(items.counts(run).open()).isEqualTo(2);
        assertThat(items.unpublished(run)).isEmpty();
        assertThat(items.counts(other).open()).isEqualTo(1);
    }

    @Test
    void plansAndWorksThroughManyItems() {
        int count = 50_000;
        catalog(ledger, count);
        for (Dataset dataset : Dataset.values()) {
            assertThat(items.plan(run, dataset, DAY)).isEqualTo(count);
        }
        PlanPage page = PlanPage.first(20_000);
        long done = 0;
        for (List<Isrc> open = page(page); !open.isEmpty(); open = page(page)) {
            List<ItemOutcome> outcomes = new ArrayList<>();
            for (Isrc isrc : open) {
                outcomes.add(ItemOutcome.landed(isrc, STREAMS, DAY, 2));
            }
            items.record(run, outcomes);
            page = page.after(open.getLast());
            done += open.size();
        }
        assertThat(done).isEqualTo(count);
        assertThat(items.unpublished(run)).hasSize(count);
        assertThat(items.countsBySlice(run)).anySatisfy(slice -> {
            assertThat(slice.dataset()).isEqualTo(STREAMS);
            assertThat(slice.rows()).isEqualTo(2L * count);
            assertThat(slice.counts().addsUp()).isTrue();
        });
        assertThat(items.nextDue(run)).isEqualTo(Optional.empty());
    }

    private List<Isrc> page(PlanPage page) {
        return items.open(run, STREAMS, DAY, clock.instant(), page);
    }

    private List<Isrc> open(Dataset dataset) {
        return items.open(run, dataset, DAY, clock.instant(), PlanPage.first(100));
    }
}
