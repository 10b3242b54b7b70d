package dev.tactus.console.periods;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.Console;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.audit.PayloadReader;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Reads kept answers with the profiles of the configured sources; sends nothing. Used by one thread.
final class SourcePayloads implements PayloadReader, AutoCloseable {
    private static final int OK = 200;

    private final Configuration configuration;
    private final Console console;
    private final Map<String, Offline> sources = new HashMap<>();

    SourcePayloads(Configuration configuration, Console console) {
        this.configuration = configuration;
        this.console = console;
    }

    /// A source that is never called.
    private record Offline(Pacer pacer, Source source) {}

    @Override
    public Optional<Map<RowKey, String>> rows(KeptPayload payload) {
        SourceConfiguration configured = configuration.sources().get(payload.source());
        if (configured == null) {
            return Optional.empty();
        }
        Source source =
                sources.computeIfAbsent(payload.source(), _ -> open(configured)).source();
        List<RequestedTrack> tracks = payload.tracks().stream()
                .map(track -> new RequestedTrack(track.trackId(), new Isrc(track.isrc())))
                .toList();
        RecordedExchange kept = new RecordedExchange(
                payload.endpoint(), payload.request(), OK, Instant.EPOCH, payload.body(), payload.sha256());
        if (payload.table() == LakeTable.TRACKS
                && source.profile().resolves()
                && source.profile().resolvePath().equals(payload.endpoint())) {
            return Optional.of(found(source, tracks, kept));
        }
        return Optional.of(
                switch (source.reread(payload.table().dataset().orElseThrow(), tracks, payload.day(), kept)) {
                    case FetchResult.Fetched fetched -> rows(payload.table(), fetched.tracks());
                    case FetchResult.Rejected rejected ->
                        throw new UnreadablePayload(rejected.rejection().detail());
                    case FetchResult.Parked parked -> throw new UnreadablePayload(parked.detail());
                });
    }

    /// A search tells the metadata of what it finds.
    private static Map<RowKey, String> found(Source source, List<RequestedTrack> tracks, RecordedExchange kept) {
        Map<RowKey, String> rows = new HashMap<>();
        for (RequestedTrack asked : tracks) {
            switch (source.reread(asked.isrc(), kept)) {
                case ResolveResult.Found found ->
                    found.tracks().stream()
                            .filter(track -> track.id().equals(asked.id()))
                            .forEach(track -> rows.put(
                                    new RowKey(asked.isrc().value(), asked.id(), ""), PayloadReader.metadata(track)));
                case ResolveResult.Rejected rejected ->
                    throw new UnreadablePayload(rejected.rejections().getFirst().detail());
                case ResolveResult.Empty _, ResolveResult.Parked _ -> {}
            }
        }
        return rows;
    }

    private Offline open(SourceConfiguration configured) {
        SourceSettings settings = configured.offlineSettings();
        Pacer pacer = new Pacer(
                settings.pacerSettings(Duration.ofSeconds(60), Duration.ofSeconds(5)),
                Ticker.system(),
                console.clock());
        return new Offline(pacer, new Source(settings, pacer, Ticker.system(), console.clock(), new Random()));
    }

    private static Map<RowKey, String> rows(LakeTable table, List<TrackResponse> tracks) {
        Map<RowKey, String> rows = new HashMap<>();
        for (TrackResponse track : tracks) {
            String isrc = track.track().isrc().value();
            String id = track.track().id();
            switch (track.outcome()) {
                case TrackOutcome.TrackFound found ->
                    rows.put(new RowKey(isrc, id, ""), PayloadReader.metadata(found.track()));
                case TrackOutcome.Streams streams ->
                    streams.counts()
                            .forEach(count ->
                                    rows.put(new RowKey(isrc, id, count.territory()), Long.toString(count.streams())));
                case TrackOutcome.Listeners listeners
                when table == LakeTable.LISTENER_DEMOGRAPHICS ->
                    listeners
                            .demographics()
                            .forEach(part -> rows.put(
                                    new RowKey(isrc, id, part.territory() + " " + part.age() + " " + part.gender()),
                                    Long.toString(part.listeners())));
                case TrackOutcome.Listeners listeners ->
                    listeners
                            .counts()
                            .forEach(count -> rows.put(
                                    new RowKey(isrc, id, count.territory()), Long.toString(count.listeners())));
                case TrackOutcome.Rejected rejected ->
                    throw new UnreadablePayload(rejected.rejection().detail());
                case TrackOutcome.Unavailable _, TrackOutcome.Pending _, TrackOutcome.Missing _ -> {}
            }
        }
        return rows;
    }

    @Override
    public void close() {
        sources.values().forEach(offline -> {
            offline.source().close();
            offline.pacer().close();
        });
    }
}
