package dev.tactus.source;

import dev.tactus.limits.Pacer;
import dev.tactus.limits.Ticker;
import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One DSP, spoken to through its profile: paced, retried, validated, mapped.
///
/// Thread-safe. Its calls block and are meant for virtual threads; an interrupt ends them with `InterruptedException`.
/// [SourceFailure] means that the run can't go on.
@SuppressWarnings("DoNotCallSuggester")
public final class Source implements AutoCloseable {

    /// @param settings the source
    /// @param pacer paces every call but token calls; not closed here
    /// @param ticker for token ages and deadlines
    /// @param clock for evidence and header dates
    /// @param random for jitter
    public Source(SourceSettings settings, Pacer pacer, Ticker ticker, InstantSource clock, RandomGenerator random) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Asks for the tracks of an ISRC. Only where [#resolves].
    public ResolveResult resolve(Isrc isrc) throws InterruptedException {
        throw new UnsupportedOperationException("not yet: " + isrc);
    }

    /// Asks for one dataset of up to [#batchSize] tracks.
    ///
    /// @param day the day of a daily dataset; not looked at for the others
    public FetchResult fetch(Dataset dataset, List<TrackRef> tracks, LocalDate day) throws InterruptedException {
        throw new UnsupportedOperationException("not yet: " + dataset + tracks + day);
    }

    /// The most tracks one call may ask for.
    public int batchSize(Dataset dataset) {
        throw new UnsupportedOperationException("not yet: " + dataset);
    }

    /// What it can fetch.
    public Set<Dataset> datasets() {
        throw new UnsupportedOperationException();
    }

    /// Whether ISRCs have to be resolved to track ids first; otherwise [#fetch] is asked with [TrackRef#byIsrc].
    public boolean resolves() {
        throw new UnsupportedOperationException();
    }

    /// Whether what [#resolve] finds is all of the tracks dataset, so that it need not be fetched again.
    public boolean resolveLandsTracks() {
        throw new UnsupportedOperationException();
    }

    /// How exact its track durations are: 1 ms, 1 s.
    public Duration precision() {
        throw new UnsupportedOperationException();
    }

    /// The path class [#fetch] calls.
    public String path(Dataset dataset) {
        throw new UnsupportedOperationException("not yet: " + dataset);
    }

    /// The path class [#resolve] calls. Only where [#resolves].
    public String resolvePath() {
        throw new UnsupportedOperationException();
    }

    /// Its profile, for how long ids stay fresh and when pending days are asked for again.
    public SourceProfile profile() {
        throw new UnsupportedOperationException();
    }

    /// What it did so far.
    public SourceReport report() {
        throw new UnsupportedOperationException();
    }

    /// Fields nobody announced, each once as `endpoint: pointer pattern`, e.g. `/v1/search: /tracks/items/*/foo`.
    public Set<String> unknownFields() {
        throw new UnsupportedOperationException();
    }

    /// Gets a token where one is needed, to see that the credentials are right; makes no other call.
    public void checkCredentials() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
