package dev.tactus.ingest;

import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseLock;
import dev.tactus.http.HttpSettings;
import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.DueRuns;
import dev.tactus.ingest.run.FallbackSource;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ingest.run.Tolerance;
import dev.tactus.lake.Lake;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.source.CallBudget;
import dev.tactus.source.Source;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A simulated service, and a ledger and a lake in a folder. Each piece of work opens everything anew, as a process of
/// its own would.
final class SyncFixture implements AutoCloseable {
    static final LocalDate DAY = LocalDate.parse("2026-11-20");
    static final String SOURCE = "spotify";
    static final long SEED = 7;
    static final int RECORDINGS = 60;

    final Path folder;
    private Simulator simulator;
    private final SimulatorSettings settings;
    FailpointListener failpoints = FailpointListener.none();
    ChunkBounds bounds = new ChunkBounds(2_000, 8L << 20, 40, Duration.ofSeconds(20));
    ProgressListener progress = ProgressListener.silent();
    FallbackSource fallback = FallbackSource.none();
    static final Limit NO_LIMIT = new Limit(100_000, Duration.ofSeconds(1));

    /// How far the clock is ahead of the machine's.
    volatile Duration clockAhead = Duration.ZERO;

    CallBudget calls = CallBudget.unlimited();
    Limit limit = NO_LIMIT;
    Consumer<Sync> started = sync -> {};
    String profile = "spotify-for-artists";
    RetrySettings retry =
            new RetrySettings(4, Duration.ofMillis(5), Duration.ofMillis(50), 0.5, 100, 10, Duration.ofMillis(200));

    SyncFixture(Path folder, long recordings, Behaviour behaviour) {
        this.folder = folder;
        this.settings =
                SimulatorSettings.synthetic(recordings, SEED).with(behaviour).onPort(freePort());
        this.simulator = Simulator.start(settings);
    }

    Simulator simulator() {
        return simulator;
    }

    /// The same service with other behaviour, at the same address.
    void restart(Behaviour behaviour) {
        int port = simulator.port();
        simulator.close();
        simulator = Simulator.start(settings.with(behaviour).onPort(port));
    }

    List<Recording> catalog() {
        return LongStream.range(0, simulator.catalog().recordings())
                .mapToObj(simulator.catalog()::recording)
                .toList();
    }

    static SyncRequest request() {
        return request(List.of(DAY), EnumSet.allOf(Dataset.class));
    }

    static SyncRequest request(List<LocalDate> days, Set<Dataset> datasets) {
        return new SyncRequest(
                days,
                datasets,
                new Continuation.SameDays(),
                0,
                Map.of(),
                Duration.ZERO,
                4,
                Tolerance.defaults(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "test");
    }

    static SyncRequest waiting(Duration maxWait) {
        return request(request().days(), request().datasets(), false, maxWait);
    }

    /// One that makes visible each hour what has landed; see [#anHourAChunk].
    static SyncRequest inParts() {
        SyncRequest whole = request();
        return new SyncRequest(
                whole.days(),
                whole.datasets(),
                whole.continuation(),
                whole.settleDays(),
                whole.cadence(),
                whole.maxWait(),
                whole.concurrency(),
                whole.tolerance(),
                whole.deadline(),
                Optional.of(Duration.ofHours(1)),
                whole.webhooks(),
                whole.codeVersion());
    }

    /// One of another day, for which metadata of a track is asked for again once a week.
    static SyncRequest weeklyTracks(LocalDate day) {
        SyncRequest whole = request();
        return new SyncRequest(
                List.of(day),
                whole.datasets(),
                whole.continuation(),
                whole.settleDays(),
                Map.of(Dataset.TRACKS, Duration.ofDays(7)),
                whole.maxWait(),
                whole.concurrency(),
                whole.tolerance(),
                whole.deadline(),
                whole.publishEvery(),
                whole.webhooks(),
                whole.codeVersion());
    }

    static SyncRequest anew() {
        return request(request().days(), request().datasets(), true, Duration.ZERO);
    }

    static SyncRequest telling(AlertReceiver webhook) {
        return new SyncRequest(
                List.of(DAY),
                EnumSet.of(Dataset.TRACKS),
                new Continuation.SameDays(),
                0,
                Map.of(),
                Duration.ZERO,
                4,
                Tolerance.defaults(),
                Optional.empty(),
                Optional.empty(),
                List.of(webhook),
                "test");
    }

    private static SyncRequest request(List<LocalDate> days, Set<Dataset> datasets, boolean anew, Duration maxWait) {
        return new SyncRequest(
                days,
                datasets,
                anew ? new Continuation.Anew() : new Continuation.SameDays(),
                0,
                Map.of(),
                maxWait,
                4,
                Tolerance.defaults(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "test");
    }

    /// From now on the profile is the bundled one with these lines in place of its own.
    void extendProfile(String yaml) {
        try {
            Files.writeString(
                    folder.resolve("profile.yaml"), "profile: 1\nextends: spotify-for-artists\n" + yaml + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        profile = "profile.yaml";
    }

    SyncReport sync(SyncRequest request) {
        return with(resources -> {
            resources.ledger().recordings().replaceWith("hash", catalog().iterator());
            Sync sync = new Sync(resources, progress, failpoints, bounds, fallback);
            started.accept(sync);
            return sync.run(request);
        });
    }

    /// Lets an hour pass with each chunk that lands, beside what `failpoints` does.
    FailpointListener anHourAChunk(FailpointListener beside) {
        return step -> {
            if (step == FailpointListener.Failpoint.CHUNK_NOTED) {
                clockAhead = clockAhead.plusHours(1);
            }
            beside.reached(step);
        };
    }

    /// Lets it be this time now.
    void itIs(Instant time) {
        clockAhead = Duration.between(Instant.now(), time);
    }

    /// All that is due, as `sync` without days does it.
    List<SyncReport> syncDue(int settleDays) {
        return with(resources -> {
            resources.ledger().recordings().replaceWith("hash", catalog().iterator());
            SyncRequest template = new SyncRequest(
                    List.of(DAY),
                    EnumSet.allOf(Dataset.class),
                    new Continuation.SameDays(),
                    settleDays,
                    Map.of(),
                    Duration.ZERO,
                    4,
                    Tolerance.defaults(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    "test");
            List<SyncReport> reports = new ArrayList<>();
            for (SyncRequest due :
                    DueRuns.of(resources.ledger(), SOURCE, resources.clock().instant(), template)) {
                Sync sync = new Sync(resources, progress, failpoints, bounds, fallback);
                started.accept(sync);
                reports.add(sync.run(due));
            }
            return reports;
        });
    }

    void look(Consumer<SyncResources> work) {
        with(resources -> {
            work.accept(resources);
            return true;
        });
    }

    <T> T with(Function<SyncResources, T> work) {
        InstantSource clock = () -> InstantSource.system().instant().plus(clockAhead);
        SourceSettings source = new SourceSettings(
                SOURCE,
                SourceProfile.load(profile, folder),
                simulator.baseUri(),
                Optional.of(simulator.baseUri().resolve("/api/token")),
                Credentials.client("id", "secret"),
                KnownLimits.of(List.of(new ScopedLimit(ScopedLimit.TOKEN, limit))),
                8,
                retry,
                HttpSettings.defaults());
        try (Ledger ledger = Ledger.open(ledger(), clock);
                DatabaseLock _ = ledger.lock("test");
                Lake lake = Lake.open(folder.resolve("lake"), new LakeSettings(256, 2, 16L << 20));
                Pacer pacer = new Pacer(
                        source.pacerSettings(Duration.ofSeconds(60), Duration.ofSeconds(1)), Ticker.system(), clock);
                Source dsp = new Source(source, pacer, Ticker.system(), clock, new Random(1), calls)) {
            return work.apply(new SyncResources(ledger, lake, SOURCE, dsp, pacer, clock));
        }
    }

    /// In the folder, unless a server is named there.
    private DatabaseAddress ledger() {
        Path named = folder.resolve(EachDatabase.URL_FILE);
        try {
            return Files.exists(named)
                    ? new DatabaseAddress.PostgresUrl(Files.readString(named), Optional.empty(), Optional.empty())
                    : DatabaseAddress.of(folder.resolve("ledger.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first column of a query's rows, as text.
    List<String> query(String sql) {
        return with(resources -> query(resources.lake(), sql));
    }

    static List<String> query(Lake lake, String sql) {
        List<String> rows = new ArrayList<>();
        lake.query(sql, new RowSink() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                rows.add(String.valueOf(values.getFirst()));
            }
        });
        return rows;
    }

    /// Below the ports that systems give to clients: a client that tries a port of those again and again while nobody
    /// listens there is connected to itself at last, and holds the port.
    private static int freePort() {
        Random random = new Random();
        for (int attempt = 0; ; attempt++) {
            int port = 15_000 + random.nextInt(15_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                if (attempt == 100) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
