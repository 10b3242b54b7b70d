package dev.tactus.ingest.fetch;

import dev.tactus.ingest.catalog.IsrcSet;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.FetchedBatch;
import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.ingest.landing.ItemVerdict;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.landing.RejectedPayload;
import dev.tactus.ingest.landing.SettledItem;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.catalog.PlanRange;
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.OpenItem;
import dev.tactus.ledger.items.WorkItems;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.ResolveResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Searches for the ids of recordings that have open items and no fresh ids. What a search returns about the tracks
/// lands at once, so that it is not fetched again.
///
/// A search that finds nothing proves nothing: it is repeated once in the next round. Thread-safe.
final class IsrcResolver {
    static final String NOT_IN_SEARCH = "not_in_search";
    private static final int PAGE_SIZE = 200;
    private static final int ATTEMPTS = 2;

    private final RunContext run;
    private final LandingWriter landing;
    private final ResolutionBuffer log;
    private final Instant due;
    private final PlanRange range;
    private final Deque<Search> searches = new ArrayDeque<>();
    private final IsrcSet searched = new IsrcSet();
    private Optional<PlanPage> page = Optional.of(PlanPage.first(PAGE_SIZE));

    /// @param attempts how often a search has found nothing lately
    private record Search(Isrc isrc, List<OpenItem> open, int attempts) {}

    /// @param due parked items with a later time are left out
    /// @param range the part of the run
    IsrcResolver(RunContext run, LandingWriter landing, ResolutionBuffer log, Instant due, PlanRange range) {
        this.run = run;
        this.landing = landing;
        this.log = log;
        this.due = due;
        this.range = range;
    }

    void start(WorkerGroup workers) {
        if (run.source().profile().resolves()) {
            for (int i = 0; i < run.request().concurrency(); i++) {
                workers.fork(this::work);
            }
        }
    }

    /// Whether this round has searched for a recording; its other items wait for the next.
    boolean hasResult(Isrc isrc) {
        synchronized (searched) {
            return searched.contains(isrc);
        }
    }

    private void work() throws InterruptedException {
        for (Optional<Search> search = next(); search.isPresent(); search = next()) {
            landing.add(resolve(search.orElseThrow()));
        }
    }

    private FetchedBatch resolve(Search search) throws InterruptedException {
        return switch (run.source().resolve(search.isrc())) {
            case ResolveResult.Found found -> found(search, found);
            case ResolveResult.Empty empty -> empty(search, empty);
            case ResolveResult.Rejected rejected ->
                new FetchedBatch(
                        List.of(rejected.exchange()),
                        all(
                                search,
                                ItemState.DEAD_LETTERED,
                                rejected.rejections().getFirst().reason()),
                        rejectedPayloads(search.isrc(), rejected.rejections(), rejected));
            case ResolveResult.Parked parked -> parked(search, parked);
        };
    }

    private FetchedBatch found(Search search, ResolveResult.Found first) throws InterruptedException {
        Isrc isrc = search.isrc();
        SearchPages pages = new SearchPages(isrc).with(first);
        for (Optional<String> next = first.next(); next.isPresent(); next = pages.next()) {
            switch (run.source().resolveMore(isrc, next.orElseThrow())) {
                case ResolveResult.Found more -> pages.with(more);
                case ResolveResult.Empty end -> pages.end(end.exchange(), List.of());
                case ResolveResult.Rejected end -> pages.end(end.exchange(), end.rejections());
                // half the ids would be worse than none
                case ResolveResult.Parked parked -> {
                    return parked(search, parked);
                }
            }
        }
        List<FetchedTrack> tracks = pages.tracks();
        note(new Resolution.Found(
                isrc,
                tracks.stream().map(track -> track.requested().id()).toList(),
                first.exchange().fetchedAt()));
        Optional<String> rejection = pages.rejected().stream()
                .map(payload -> payload.rejection().reason())
                .findFirst();
        ItemVerdict verdict =
                new ItemVerdict(rejection.isPresent() ? ItemState.DEAD_LETTERED : ItemState.LANDED, rejection);
        List<SettledItem> settled = run.source().profile().resolveLandsTracks()
                ? search.open().stream()
                        .filter(item -> item.dataset() == Dataset.TRACKS)
                        .map(item ->
                                new SettledItem(isrc, Dataset.TRACKS, item.day(), verdict, Optional.empty(), tracks))
                        .toList()
                : List.of();
        return new FetchedBatch(pages.payloads(), settled, pages.rejected());
    }

    private static FetchedBatch parked(Search search, ResolveResult.Parked parked) {
        String reason = parked.reason().name().toLowerCase(Locale.ROOT);
        return FetchedBatch.of(search.open().stream()
                .map(item -> SettledItem.parked(search.isrc(), item.dataset(), item.day(), parked.until(), reason))
                .toList());
    }

    private FetchedBatch empty(Search search, ResolveResult.Empty empty) {
        int attempts = search.attempts() + 1;
        note(new Resolution.Absent(search.isrc(), attempts, empty.exchange().fetchedAt()));
        return new FetchedBatch(
                List.of(empty.exchange()),
                attempts >= ATTEMPTS ? all(search, ItemState.NOT_FOUND, NOT_IN_SEARCH) : List.of(),
                List.of());
    }

    private static List<RejectedPayload> rejectedPayloads(
            Isrc isrc, List<PayloadRejection> rejections, ResolveResult.Rejected result) {
        return rejections.stream()
                .map(rejection -> new RejectedPayload(isrc, null, null, rejection, result.exchange()))
                .toList();
    }

    private static List<SettledItem> all(Search search, ItemState state, String reason) {
        return search.open().stream()
                .map(item -> SettledItem.without(search.isrc(), item.dataset(), item.day(), state, reason))
                .toList();
    }

    private void note(Resolution resolution) {
        synchronized (searched) {
            searched.add(resolution.isrc());
        }
        log.add(resolution);
    }

    private synchronized Optional<Search> next() {
        while (searches.isEmpty() && page.isPresent()) {
            read(page.orElseThrow());
        }
        return Optional.ofNullable(searches.pollFirst());
    }

    private void read(PlanPage at) {
        WorkItems all = run.ledger().items();
        List<Isrc> open = range.equals(PlanRange.ALL)
                ? all.openUnresolved(run.runId(), run.sourceName(), run.fresh(), due, at)
                : all.openUnresolved(run.runId(), run.sourceName(), run.fresh(), due, range, at);
        page = open.size() < at.limit() ? Optional.empty() : Optional.of(at.after(open.getLast()));
        Map<Isrc, List<OpenItem>> items = run.ledger().items().open(run.runId(), open);
        Map<Isrc, Resolution> known = run.ledger().resolutions().find(run.sourceName(), open);
        for (Isrc isrc : open) {
            searches.addLast(new Search(isrc, items.getOrDefault(isrc, List.of()), attempts(known.get(isrc))));
        }
    }

    private int attempts(@Nullable Resolution known) {
        return known instanceof Resolution.Absent absent
                        && !absent.at().isBefore(run.fresh().absentSince())
                ? absent.asked()
                : 0;
    }
}
