package dev.tactus.ingest.plan;

import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.SettleWindow;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.runs.Run;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Estimates runs from the catalog, the ids and the runs that the ledger holds. Sends nothing and writes nothing.
///
/// Where an unfinished run would be continued, the requests are those that it still needs; what an earlier run has the
/// answer to needs none.
public final class FetchPlanner {
    private final Ledger ledger;
    private final String sourceName;
    private final Source source;
    private final List<ScopedLimit> limits;
    private final InstantSource clock;

    /// @param sourceName the operator's name for the source
    /// @param limits what is known of its limits
    public FetchPlanner(
            Ledger ledger, String sourceName, Source source, List<ScopedLimit> limits, InstantSource clock) {
        this.ledger = ledger;
        this.sourceName = sourceName;
        this.source = source;
        this.limits = List.copyOf(limits);
        this.clock = clock;
    }

    /// What these runs will take, one after another.
    ///
    /// @param requests at least one; see [dev.tactus.ingest.run.DueRuns]
    public FetchPlan plan(List<SyncRequest> requests, Optional<Instant> deadline) {
        Instant now = clock.instant();
        Freshness fresh = Freshness.of(
                now, source.profile().resolvedIdsFresh(), source.profile().absentIdsFresh());
        List<RequestWorkload.Slice> open = new ArrayList<>();
        long items = 0;
        for (SyncRequest request : requests) {
            open.addAll(continued(request)
                    .map(this::open)
                    .filter(slices -> !slices.isEmpty())
                    .orElseGet(() -> planned(request, now)));
            items += request.datasets().stream()
                            .mapToLong(dataset -> request.days(dataset).size())
                            .sum()
                    * ledger.recordings().count();
        }
        RequestWorkload workload =
                RequestWorkload.of(source.profile(), open, RequestWorkload.Ids.of(ledger, sourceName, fresh));
        ThroughputModel pace = new ThroughputModel(limits);
        Optional<Duration> takes = pace.takes(workload.byPath());
        Optional<Instant> finishesAt = takes.map(now.truncatedTo(ChronoUnit.SECONDS)::plus);
        return new FetchPlan(
                items,
                workload.requests(),
                takes,
                finishesAt,
                deadline,
                deadline.flatMap(by -> finishesAt.map(at -> !at.isAfter(by))),
                workload.byPath().entrySet().stream()
                        .map(path -> new FetchPlan.EndpointRequests(
                                path.getKey(), path.getValue(), pace.perMinute(path.getKey())))
                        .toList());
    }

    private Optional<Run> continued(SyncRequest request) {
        return switch (request.continuation()) {
            case Continuation.SameDays _ ->
                ledger.runs().unfinished(sourceName, request.from(), request.to(), request.datasets());
            case Continuation.OfRun of -> ledger.runs().find(of.runId());
            case Continuation.Anew _ -> Optional.empty();
        };
    }

    private List<RequestWorkload.Slice> open(Run run) {
        return RequestWorkload.open(ledger.items().countsBySlice(run.id()));
    }

    /// All recordings on all days, without those that an earlier run has the answer to.
    private List<RequestWorkload.Slice> planned(SyncRequest request, Instant now) {
        long recordings = ledger.recordings().count();
        SettleWindow window = SettleWindow.at(now, request.settleDays());
        boolean anew = request.continuation() instanceof Continuation.Anew;
        List<RequestWorkload.Slice> slices = new ArrayList<>();
        for (Dataset dataset : request.datasets()) {
            for (LocalDate day : request.days(dataset)) {
                long answered = anew ? 0 : ledger.answered().count(sourceName, dataset, day, window.answersFrom(day));
                long recent = request.due(dataset, now)
                        .map(due -> ledger.answered().countRecent(sourceName, dataset, due))
                        .orElse(0L);
                slices.add(new RequestWorkload.Slice(dataset, recordings - Math.max(answered, recent)));
            }
        }
        return slices;
    }
}
