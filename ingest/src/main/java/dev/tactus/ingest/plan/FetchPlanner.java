package dev.tactus.ingest.plan;

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
import java.util.Set;

/// Estimates a run from the catalog, the ids and the run that the ledger holds. Sends nothing and writes nothing.
///
/// Where an unfinished run would be continued, the requests are those that it still needs.
///
/// @param sourceName the operator's name for the source
/// @param limits what is known of its limits
public record FetchPlanner(
        Ledger ledger, String sourceName, Source source, List<ScopedLimit> limits, InstantSource clock) {
    public FetchPlanner {
        limits = List.copyOf(limits);
    }

    /// What the run of these days and datasets will take.
    ///
    /// @param days see [RunDays]; at least one
    /// @param datasets at least one
    public FetchPlan plan(List<LocalDate> days, Set<Dataset> datasets, Optional<Instant> deadline) {
        Instant now = clock.instant();
        Freshness fresh = Freshness.since(
                now.minus(source.profile().resolvedIdsFresh()),
                now.minus(source.profile().absentIdsFresh()));
        long recordings = ledger.recordings().count();
        List<RequestWorkload.Slice> all = new ArrayList<>();
        for (Dataset dataset : datasets) {
            int times = dataset.isDaily() ? days.size() : 1;
            for (int i = 0; i < times; i++) {
                all.add(new RequestWorkload.Slice(dataset, recordings));
            }
        }
        LocalDate from = days.stream().min(LocalDate::compareTo).orElseThrow();
        LocalDate to = days.stream().max(LocalDate::compareTo).orElseThrow();
        Optional<Run> continued = ledger.runs().unfinished(sourceName, from, to, datasets);
        List<RequestWorkload.Slice> open = continued
                .map(run -> RequestWorkload.open(ledger.items().countsBySlice(run.id())))
                .filter(slices -> !slices.isEmpty())
                .orElse(all);
        RequestWorkload workload =
                RequestWorkload.of(source.profile(), open, RequestWorkload.Ids.of(ledger, sourceName, fresh));
        ThroughputModel pace = new ThroughputModel(limits);
        Optional<Duration> takes = pace.takes(workload.byPath());
        Optional<Instant> finishesAt = takes.map(now.truncatedTo(ChronoUnit.SECONDS)::plus);
        return new FetchPlan(
                all.stream().mapToLong(RequestWorkload.Slice::open).sum(),
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
}
