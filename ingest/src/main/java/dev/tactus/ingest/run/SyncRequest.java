package dev.tactus.ingest.run;

import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a run is to do.
///
/// @param days see [RunDays]; at least one, in order
/// @param datasets at least one
/// @param continuation whether it goes on with a run or begins one
/// @param settleDays how many days ago a day has to be before an answer is final, 0 or more
/// @param cadence how often a dataset that holds for a whole run is asked for again; each run where nothing is said
/// @param maxWait how long to wait, in all, for parked work that comes due
/// @param concurrency requests in flight per endpoint, at least 1
/// @param deadline when the run should be over
/// @param publishEvery how often what has landed becomes visible while the run goes on; empty: once, at its end
/// @param codeVersion of this program, for the lake's snapshots
public record SyncRequest(
        List<LocalDate> days,
        Set<Dataset> datasets,
        Continuation continuation,
        int settleDays,
        Map<Dataset, Duration> cadence,
        Duration maxWait,
        int concurrency,
        Tolerance tolerance,
        Optional<Instant> deadline,
        Optional<Duration> publishEvery,
        List<AlertReceiver> webhooks,
        String codeVersion) {
    public SyncRequest {
        days = days.stream().sorted().distinct().toList();
        datasets = Set.copyOf(datasets);
        cadence = Map.copyOf(cadence);
        webhooks = List.copyOf(webhooks);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one day");
        }
        if (datasets.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one dataset");
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("the longest wait is negative: " + maxWait);
        }
        if (settleDays < 0) {
            throw new IllegalArgumentException("settle_days is 0 or more, not " + settleDays);
        }
        if (cadence.keySet().stream().anyMatch(Dataset::isDaily)) {
            throw new IllegalArgumentException("counts of each day are asked for each day, whatever their cadence");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("the concurrency must be at least 1, not " + concurrency);
        }
    }

    /// The same for other days.
    public SyncRequest forDays(List<LocalDate> others) {
        return with(others, datasets, continuation);
    }

    /// The same, to go on with a run.
    ///
    /// @param planned the days that it has planned
    public SyncRequest continuing(Run run, List<LocalDate> planned) {
        return with(planned, run.datasets(), new Continuation.OfRun(run.id()));
    }

    private SyncRequest with(List<LocalDate> otherDays, Set<Dataset> otherDatasets, Continuation other) {
        return new SyncRequest(
                otherDays,
                otherDatasets,
                other,
                settleDays,
                cadence,
                maxWait,
                concurrency,
                tolerance,
                deadline,
                publishEvery,
                webhooks,
                codeVersion);
    }

    public LocalDate from() {
        return days.getFirst();
    }

    /// The days of a dataset: these, or, for what holds for a whole run, the last of them.
    public List<LocalDate> days(Dataset dataset) {
        return dataset.isDaily() ? days : List.of(to());
    }

    /// When recordings are due for a dataset; empty where each run asks for all of them.
    public Optional<Freshness> due(Dataset dataset, Instant now) {
        return continuation instanceof Continuation.Anew
                ? Optional.empty()
                : Optional.ofNullable(cadence.get(dataset)).map(every -> Freshness.of(now, every, every));
    }

    public LocalDate to() {
        return days.getLast();
    }
}
