package dev.tactus.source;

import dev.tactus.http.HttpSettings;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.RequestedTrack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A source wired for a test: a real pacer without limits, a clock turned by hand, and a sleeper that
/// only notes.
final class SourceFixture implements AutoCloseable {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Credentials CREDENTIALS = Credentials.client("label", "very-secret");
    static final RetrySettings RETRY = RetrySettings.defaults();

    final AtomicLong nanos = new AtomicLong();
    final List<Duration> slept = new CopyOnWriteArrayList<>();
    final Pacer pacer;
    final Source source;

    SourceFixture(String profile, URI base) {
        this(profile, base, RETRY, HttpSettings.defaults());
    }

    SourceFixture(String profile, URI base, RetrySettings retry, HttpSettings http) {
        SourceProfile loaded = SourceProfile.load(profile, Path.of("."));
        SourceSettings settings = new SourceSettings(
                "spotify",
                loaded,
                base,
                Optional.of(base.resolve("/api/token")),
                CREDENTIALS,
                KnownLimits.NONE,
                4,
                retry,
                http);
        pacer = new Pacer(
                settings.pacerSettings(Duration.ofSeconds(60), Duration.ofSeconds(1)),
                Ticker.system(),
                InstantSource.system());
        source = new Source(
                settings,
                pacer,
                nanos::get,
                InstantSource.fixed(NOW),
                new Random(1),
                CallBudget.unlimited(),
                slept::add);
    }

    static RequestedTrack ref(int number) {
        return new RequestedTrack("id" + number, isrc(number));
    }

    static Isrc isrc(int number) {
        return new Isrc(String.format("USAAA26%05d", number));
    }

    @Override
    public void close() {
        source.close();
        pacer.close();
    }
}
