package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.ProgressReport.Phase;
import dev.tactus.limits.ScopeReport;
import dev.tactus.source.SourceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/// Measures the progress of a run and reports it.
///
/// [#report] is called by one thread; the phase may be set by another.
public final class ProgressMeter {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RunContext run;
    private final ItemProgress itemProgress;
    private final ProgressListener progress;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile Phase phase = Phase.FETCHING;
    private volatile long expected;

    private record Sample(Instant at, long requests) {}

    public ProgressMeter(RunContext run, ItemProgress itemProgress, ProgressListener progress) {
        this.run = run;
        this.itemProgress = itemProgress;
        this.progress = progress;
    }

    public void phase(Phase now) {
        phase = now;
    }

    /// From now on this many requests are left.
    void expect(long requests) {
        expected = run.source().report().requests() + requests;
    }

    /// Tells how far the run is, and answers the same.
    public ProgressReport report() {
        SourceReport source = run.source().report();
        double perMinute = perMinute(source.requests());
        ProgressReport report = new ProgressReport(
                phase,
                itemProgress.done(),
                itemProgress.total(),
                itemProgress.parked(),
                source.requests(),
                source.throttled(),
                perMinute,
                quotaShare(source),
                remaining(source.requests(), perMinute));
        progress.update(report);
        return report;
    }

    private double perMinute(long requests) {
        Instant now = run.clock().instant();
        samples.addLast(new Sample(now, requests));
        while (samples.size() > 2 && samples.getFirst().at().plus(WINDOW).isBefore(now)) {
            samples.removeFirst();
        }
        Sample oldest = samples.getFirst();
        long millis = Duration.between(oldest.at(), now).toMillis();
        return millis <= 0 ? 0 : (requests - oldest.requests()) * 60_000.0 / millis;
    }

    private Optional<Duration> remaining(long requests, double perMinute) {
        if (phase != Phase.FETCHING || perMinute <= 0) {
            return Optional.empty();
        }
        double minutes = Math.max(0, expected - requests) / perMinute;
        return Optional.of(Duration.ofSeconds(Math.round(minutes * 60)));
    }

    private static OptionalDouble quotaShare(SourceReport source) {
        return source.scopes().stream()
                .filter(scope -> scope.ceiling().isPresent())
                .mapToDouble(ScopeReport::share)
                .max();
    }
}
