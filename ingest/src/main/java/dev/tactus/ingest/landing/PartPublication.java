package dev.tactus.ingest.landing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// When a run that is still fetching makes visible what it has landed so far.
///
/// It happens on the landing thread, between two chunks: nothing lands meanwhile, so that a part is what its items say.
/// Confined to that thread.
public final class PartPublication {
    private final Optional<Duration> every;
    private final InstantSource clock;
    private final Runnable publish;
    private Instant last;

    /// @param every how long after a part the next follows; empty: all at once, at the end
    /// @param publish makes visible what is staged
    public PartPublication(Optional<Duration> every, InstantSource clock, Runnable publish) {
        this.every = every;
        this.clock = clock;
        this.publish = publish;
        this.last = clock.instant();
    }

    /// All at once, at the end.
    public static PartPublication none() {
        return new PartPublication(Optional.empty(), InstantSource.system(), () -> {});
    }

    boolean due() {
        return every.filter(pause -> Duration.between(last, clock.instant()).compareTo(pause) >= 0)
                .isPresent();
    }

    void publish() {
        publish.run();
        last = clock.instant();
    }
}
