package dev.tactus.ingest;

import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.ingest.landing.PayloadRef;
import dev.tactus.ingest.landing.RowAppender;
import dev.tactus.ingest.landing.SettledItem;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.NewDeadLetter;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the payloads of one run's dead letters again. Used by one thread.
final class DeadLetterReader {
    private final SyncResources resources;
    private final Run run;
    private final Set<String> landed = new HashSet<>();

    DeadLetterReader(SyncResources resources, Run run) {
        this.resources = resources;
        this.run = run;
    }

    /// What reading a letter again led to.
    sealed interface Result {}

    /// It can't be landed.
    record Invalid(String reason, String detail) implements Result {}

    /// It can.
    ///
    /// @param items with what lands for them
    record Valid(String letterId, List<Resolution> resolutions, List<SettledItem> items) implements Result {
        Outcomes land(RowAppender rows) {
            List<ItemOutcome> outcomes = new ArrayList<>();
            for (SettledItem item : items) {
                outcomes.add(item.outcome(rows.append(item)));
            }
            List<AwaitedItem> awaited =
                    items.stream().flatMap(item -> item.awaited().stream()).toList();
            return new Outcomes(letterId, resolutions, outcomes, awaited);
        }
    }

    /// What the ledger notes of a letter that landed.
    record Outcomes(String letterId, List<Resolution> resolutions, List<ItemOutcome> items, List<AwaitedItem> awaited) {
        long landed() {
            return items.stream()
                    .filter(item -> item.state() != ItemState.PARKED)
                    .count();
        }

        long rows() {
            return items.stream().mapToLong(ItemOutcome::rows).sum();
        }
    }

    Result read(DeadLetter dead) {
        NewDeadLetter letter = dead.letter();
        Isrc isrc = letter.isrc();
        if (isrc == null) {
            return new Invalid(letter.reason(), "it names no recording; fetch its day again");
        }
        Optional<byte[]> body = ledger().deadLetters().body(dead.id());
        if (body.isEmpty()) {
            return new Invalid(letter.reason(), "its payload was not kept; fetch its day again");
        }
        RecordedExchange kept = new RecordedExchange(
                letter.endpoint(), letter.request(), 200, dead.createdAt(), body.orElseThrow(), letter.payloadSha256());
        Dataset dataset = letter.dataset();
        LocalDate day = letter.day();
        return dataset == null || day == null ? search(dead, isrc, kept) : item(dead, isrc, dataset, day, kept);
    }

    private Result item(DeadLetter dead, Isrc isrc, Dataset dataset, LocalDate day, RecordedExchange kept) {
        if (ledger().items()
                .state(run.id(), isrc, dataset, day)
                .filter(ItemState.DEAD_LETTERED::equals)
                .isEmpty()) {
            return new Valid(dead.id(), List.of(), List.of());
        }
        Optional<Result> newer = newer(isrc, dataset, day);
        if (newer.isPresent()) {
            return newer.orElseThrow();
        }
        String key = isrc + "|" + dataset + "|" + day;
        if (landed.contains(key)) {
            // another letter of the same item came first; it has read all tracks
            return new Valid(dead.id(), List.of(), List.of());
        }
        Result result = reread(dead, isrc, dataset, day, kept);
        if (result instanceof Valid) {
            landed.add(key);
        }
        return result;
    }

    private Result reread(DeadLetter dead, Isrc isrc, Dataset dataset, LocalDate day, RecordedExchange kept) {
        List<RequestedTrack> tracks = tracks(isrc);
        return switch (resources.source().reread(dataset, tracks, day, kept)) {
            case FetchResult.Rejected rejected -> invalid(rejected.rejection());
            case FetchResult.Parked parked -> new Invalid("parked", parked.detail());
            case FetchResult.Fetched fetched -> {
                PayloadRef payload = PayloadRef.of(kept);
                List<FetchedTrack> read = fetched.tracks().stream()
                        .map(one -> new FetchedTrack(one.track(), one.outcome(), payload))
                        .toList();
                yield judged(dead, isrc, dataset, day, read);
            }
        };
    }

    private Result judged(DeadLetter dead, Isrc isrc, Dataset dataset, LocalDate day, List<FetchedTrack> tracks) {
        for (FetchedTrack track : tracks) {
            switch (track.outcome()) {
                case TrackOutcome.Rejected rejected -> {
                    return invalid(rejected.rejection());
                }
                case TrackOutcome.Missing _ -> {
                    return new Invalid(
                            "missing",
                            "track " + track.requested().id() + " is not in this payload; fetch the day again");
                }
                case TrackOutcome.Pending _ -> {
                    return new Invalid("pending", "the day was not published yet; fetch it again");
                }
                case TrackOutcome.TrackFound _,
                        TrackOutcome.Streams _,
                        TrackOutcome.Listeners _,
                        TrackOutcome.Unavailable _ -> {}
            }
        }
        return new Valid(
                dead.id(),
                List.of(),
                List.of(SettledItem.judged(
                        isrc, dataset, day, tracks, resources.clock().instant())));
    }

    /// A search response that is valid now gives the ids; whatever else was rejected with it is left to the next sync.
    private Result search(DeadLetter dead, Isrc isrc, RecordedExchange kept) {
        return switch (resources.source().reread(isrc, kept)) {
            case ResolveResult.Empty _ -> new Invalid("empty", "the response holds no track");
            case ResolveResult.Parked parked -> new Invalid("parked", parked.detail());
            case ResolveResult.Rejected rejected ->
                invalid(rejected.rejections().getFirst());
            case ResolveResult.Found found
            when !found.rejections().isEmpty() -> invalid(found.rejections().getFirst());
            case ResolveResult.Found found -> {
                Resolution ids = new Resolution.Found(
                        isrc, found.tracks().stream().map(Track::id).toList(), kept.fetchedAt());
                yield new Valid(dead.id(), List.of(ids), items(isrc, found, PayloadRef.of(kept)));
            }
        };
    }

    private List<SettledItem> items(Isrc isrc, ResolveResult.Found found, PayloadRef payload) {
        List<SettledItem> items = new ArrayList<>();
        for (SliceCounts slice : ledger().items().countsBySlice(run.id())) {
            Dataset dataset = slice.dataset();
            LocalDate day = slice.day();
            boolean deadLettered = ledger().items()
                    .state(run.id(), isrc, dataset, day)
                    .filter(ItemState.DEAD_LETTERED::equals)
                    .isPresent();
            if (!deadLettered
                    || newer(isrc, dataset, day).isPresent()
                    || !landed.add(isrc + "|" + dataset + "|" + day)) {
                continue;
            }
            if (dataset == Dataset.TRACKS && resources.source().profile().resolveLandsTracks()) {
                List<FetchedTrack> tracks = found.tracks().stream()
                        .map(track -> new FetchedTrack(
                                new RequestedTrack(track.id(), isrc), new TrackOutcome.TrackFound(track), payload))
                        .toList();
                items.add(SettledItem.judged(
                        isrc, dataset, day, tracks, resources.clock().instant()));
            } else {
                items.add(
                        SettledItem.parked(isrc, dataset, day, resources.clock().instant(), "replayed"));
            }
        }
        return items;
    }

    /// Refuses where a later run has fetched the same: its rows are the better ones.
    private Optional<Result> newer(Isrc isrc, Dataset dataset, LocalDate day) {
        for (Run other : ledger().runs().list()) {
            if (other.id().compareTo(run.id()) > 0
                    && other.source().equals(run.source())
                    && ledger().items()
                            .state(other.id(), isrc, dataset, day)
                            .filter(state -> state == ItemState.LANDED
                                    || state == ItemState.AWAITING_REPORT
                                    || state == ItemState.FELL_BACK)
                            .isPresent()) {
                return Optional.of(new Invalid(
                        "superseded", "run " + other.id() + " has fetched the same since; nothing is missing"));
            }
        }
        return Optional.empty();
    }

    private List<RequestedTrack> tracks(Isrc isrc) {
        Resolution known = resources.source().profile().resolves()
                ? ledger().resolutions()
                        .find(resources.sourceName(), List.of(isrc))
                        .get(isrc)
                : null;
        return known instanceof Resolution.Found found
                ? found.trackIds().stream()
                        .map(id -> new RequestedTrack(id, isrc))
                        .toList()
                : List.of(RequestedTrack.byIsrc(isrc));
    }

    private static Result invalid(PayloadRejection rejection) {
        return new Invalid(
                rejection.reason(),
                rejection.pointer().isEmpty() ? rejection.detail() : rejection.pointer() + ": " + rejection.detail());
    }

    private Ledger ledger() {
        return resources.ledger();
    }
}
