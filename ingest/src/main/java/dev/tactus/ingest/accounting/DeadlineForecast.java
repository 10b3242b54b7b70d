package dev.tactus.ingest.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a run will be over by its deadline, as far as its own speed tells: news, each told once.
///
/// A run is at risk when for five minutes on end it would be over too late; the first minutes of a run, and an hour of
/// a slow source, say little. In the last hour before the deadline a minute is enough. Not thread-safe.
final class DeadlineForecast {
    static final Duration STEADY = Duration.ofMinutes(5);
    static final Duration LAST = Duration.ofHours(1);
    static final Duration STEADY_AT_LAST = Duration.ofMinutes(1);

    private final Instant deadline;
    private Optional<Instant> lateSince = Optional.empty();
    private News told = News.NONE;

    /// What there is to tell.
    enum News {
        NONE,
        AT_RISK,
        MISSED
    }

    DeadlineForecast(Instant deadline) {
        this.deadline = deadline;
    }

    /// @param remaining until the run is over, where that can be told
    News at(Instant now, Optional<Duration> remaining) {
        if (told == News.MISSED) {
            return News.NONE;
        }
        if (now.isAfter(deadline)) {
            return tell(News.MISSED);
        }
        lateSince = remaining.filter(left -> now.plus(left).isAfter(deadline)).map(_ -> lateSince.orElse(now));
        Duration steady = now.plus(LAST).isBefore(deadline) ? STEADY : STEADY_AT_LAST;
        boolean sure =
                lateSince.filter(since -> !now.isBefore(since.plus(steady))).isPresent();
        return sure && told == News.NONE ? tell(News.AT_RISK) : News.NONE;
    }

    private News tell(News news) {
        told = news;
        return news;
    }
}
