package dev.tactus.lake.iceberg;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The moments at which commits happen: the clock's time, but never before what is committed already.
///
/// A clock that was ahead, or was set back, is bridged: the next commit follows the last one by a millisecond, until
/// time has caught up. So snapshot times never go back, and those of one commit are the same in all tables.
final class CommitClock {
    /// What clocks of machines that share a lake may differ by without a word.
    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(CommitClock.class);

    private final InstantSource clock;

    CommitClock(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// When a commit to these tables happens.
    Instant next(Collection<Table> tables) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant after = last(tables).map(last -> last.plusMillis(1)).orElse(now);
        ahead(tables)
                .ifPresent(by -> log.warn(
                        "the lake's last change is of {}, {} s ahead of this machine's clock: one of the two is wrong."
                                + " New snapshots are stamped right after it until time has caught up",
                        after,
                        by.toSeconds()));
        return after.isAfter(now) ? after : now;
    }

    /// How far the last change is ahead of the clock; absent where it is not, or by little.
    Optional<Duration> ahead(Collection<Table> tables) {
        return last(tables).map(last -> Duration.between(clock.instant(), last)).filter(by -> by.compareTo(SILENT) > 0);
    }

    private static Optional<Instant> last(Collection<Table> tables) {
        return tables.stream()
                .map(table ->
                        ((HasTableOperations) table).operations().current().lastUpdatedMillis())
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }
}
