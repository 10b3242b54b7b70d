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
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.OpenItem;
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

/// Searches for the ids of recordings that have open items and no fresh ids. What a search says about the tracks lands
/// at once, so that it isn't asked again.
///
/// A search that finds nothing proves nothing: it is asked once more in the next round. Thread-safe.
final class IsrcResolver {
    static final String NOT_IN_SEARCH = "not_in_search";
    private static final int PAGE = 200;
    private static final int ASKS = 2;

    private final RunContext run;
    private final LandingWriter lander;
    private final ResolutionBuffer log;
    private final Instant due;
    private final Deque<Search> questions = new ArrayDeque<>();
    private final IsrcSet answered = new IsrcSet();
    private Optional<PlanPage> page = Optional.of(PlanPage.first(PAGE));

    /// @param asked how often a search has found nothing lately
    private record Search(Isrc isrc, List<OpenItem> open, int asked) {}

    /// @param due parked items with a later time are left out
    IsrcResolver(RunContext run, LandingWriter lander, ResolutionBuffer log, Instant due) {
        this.run = run;
        this.lander = lander;
        this.log = log;
        this.due = due;
    }

    void start(WorkerGroup crew) {
        if (run.source().resolves()) {
            for (int i = 0; i < run.request().concurrency(); i++) {
                crew.fork(this::work);
            }
        }
    }

    /// Whether this round has searched for a recording; its other items wait for the next.
    boolean hasAnswered(Isrc isrc) {
        synchronized (answered) {
            return answered.contains(isrc);
        }
    }

    private void work() throws InterruptedException {
        for (Optional<Search> question = next(); question.isPresent(); question = next()) {
            lander.bring(ask(question.orElseThrow()));
        }
    }

    private FetchedBatch ask(Search question) throws InterruptedException {
        return switch (run.source().resolve(question.isrc())) {
            case ResolveResult.Found found -> found(question, found);
            case ResolveResult.Empty empty -> empty(question, empty);
            case ResolveResult.Refused refused ->
                new FetchedBatch(
                        List.of(refused.exchange()),
                        all(
                                question,
                                ItemState.DEAD_LETTERED,
                                refused.refused().getFirst().reason()),
                        aside(question.isrc(), refused.refused(), refused));
            case ResolveResult.Parked parked -> parked(question, parked);
        };
    }

    private FetchedBatch found(Search question, ResolveResult.Found first) throws InterruptedException {
        Isrc isrc = question.isrc();
        SearchPages pages = new SearchPages(isrc).with(first);
        for (Optional<String> next = first.next(); next.isPresent(); next = pages.next()) {
            switch (run.source().resolveMore(isrc, next.orElseThrow())) {
                case ResolveResult.Found more -> pages.with(more);
                case ResolveResult.Empty end -> pages.end(end.exchange(), List.of());
                case ResolveResult.Refused end -> pages.end(end.exchange(), end.refused());
                // half the ids would be worse than none
                case ResolveResult.Parked parked -> {
                    return parked(question, parked);
                }
            }
        }
        List<FetchedTrack> readings = pages.readings();
        note(new Resolution.Found(
                isrc,
                readings.stream().map(reading -> reading.asked().id()).toList(),
                first.exchange().fetchedAt()));
        Optional<String> refused =
                pages.setAside().stream().map(aside -> aside.why().reason()).findFirst();
        ItemVerdict verdict =
                new ItemVerdict(refused.isPresent() ? ItemState.DEAD_LETTERED : ItemState.LANDED, refused);
        List<SettledItem> settled = run.source().resolveLandsTracks()
                ? question.open().stream()
                        .filter(item -> item.dataset() == Dataset.TRACKS)
                        .map(item ->
                                new SettledItem(isrc, Dataset.TRACKS, item.day(), verdict, Optional.empty(), readings))
                        .toList()
                : List.of();
        return new FetchedBatch(pages.payloads(), settled, pages.setAside());
    }

    private static FetchedBatch parked(Search question, ResolveResult.Parked parked) {
        String reason = parked.reason().name().toLowerCase(Locale.ROOT);
        return FetchedBatch.of(question.open().stream()
                .map(item -> SettledItem.parked(question.isrc(), item.dataset(), item.day(), parked.until(), reason))
                .toList());
    }

    private FetchedBatch empty(Search question, ResolveResult.Empty empty) {
        int asked = question.asked() + 1;
        note(new Resolution.Absent(question.isrc(), asked, empty.exchange().fetchedAt()));
        return new FetchedBatch(
                List.of(empty.exchange()),
                asked >= ASKS ? all(question, ItemState.NOT_FOUND, NOT_IN_SEARCH) : List.of(),
                List.of());
    }

    private static List<RejectedPayload> aside(
            Isrc isrc, List<PayloadRejection> refusals, ResolveResult.Refused answer) {
        return refusals.stream()
                .map(why -> new RejectedPayload(isrc, null, null, why, answer.exchange()))
                .toList();
    }

    private static List<SettledItem> all(Search question, ItemState state, String reason) {
        return question.open().stream()
                .map(item -> SettledItem.without(question.isrc(), item.dataset(), item.day(), state, reason))
                .toList();
    }

    private void note(Resolution resolution) {
        synchronized (answered) {
            answered.add(resolution.isrc());
        }
        log.add(resolution);
    }

    private synchronized Optional<Search> next() {
        while (questions.isEmpty() && page.isPresent()) {
            read(page.orElseThrow());
        }
        return Optional.ofNullable(questions.pollFirst());
    }

    private void read(PlanPage at) {
        List<Isrc> open = run.ledger().items().openUnresolved(run.runId(), run.sourceName(), run.fresh(), due, at);
        page = open.size() < at.limit() ? Optional.empty() : Optional.of(at.after(open.getLast()));
        Map<Isrc, List<OpenItem>> items = run.ledger().items().open(run.runId(), open);
        Map<Isrc, Resolution> known = run.ledger().resolutions().find(run.sourceName(), open);
        for (Isrc isrc : open) {
            questions.addLast(new Search(isrc, items.getOrDefault(isrc, List.of()), asked(known.get(isrc))));
        }
    }

    private int asked(@org.jspecify.annotations.Nullable Resolution known) {
        return known instanceof Resolution.Absent absent
                        && !absent.at().isBefore(run.fresh().absentSince())
                ? absent.asked()
                : 0;
    }
}
