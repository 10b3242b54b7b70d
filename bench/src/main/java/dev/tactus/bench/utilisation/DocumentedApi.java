package dev.tactus.bench.utilisation;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A public API's limits as its documents state them, as a server and as a client is told them.
///
/// @param name whose
/// @param rule in words
/// @param quota the slowest limit in calls, which simple policies are told
/// @param known what ours is told
/// @param inFlight calls under way that ours is told; 0: no limit of them
/// @param server makes one
/// @param dialect how it answers
record DocumentedApi(
        String name,
        String rule,
        Limit quota,
        List<ScopedLimit> known,
        int inFlight,
        Supplier<ApiServer> server,
        ApiDialect dialect) {

    static final long SECOND = Duration.ofSeconds(1).toNanos();
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final QuotaKind ROLLING = new QuotaKind.Sliding(false);
    static final QuotaKind FIXED = new QuotaKind.Fixed();
    static final QuotaKind SPACING = new QuotaKind.Spacing();

    private static final long LONG = 3 * HOUR;
    private static final int WINDOWS = 12;
    private static final int LONG_WINDOWS = 6;

    /// Those of the tables.
    static final List<DocumentedApi> ALL = Stream.of(MusicApis.ALL, PlatformApis.ALL, ServiceApis.ALL)
            .flatMap(List::stream)
            .toList();

    static ScopedLimit told(String limit, QuotaKind kind) {
        return new ScopedLimit(ScopedLimit.TOKEN, Limit.parse(limit), kind);
    }

    static ScopedLimit told(String limit, QuotaKind kind, int cost) {
        return new ScopedLimit(ScopedLimit.TOKEN, Limit.parse(limit), kind, cost, Optional.empty());
    }

    static ScopedLimit told(String limit, QuotaKind kind, Duration penalty) {
        return new ScopedLimit(ScopedLimit.TOKEN, Limit.parse(limit), kind, 1, Optional.of(penalty));
    }

    static DocumentedApi api(
            String name, String rule, ScopedLimit known, Supplier<ApiServer> server, ApiDialect dialect) {
        return api(name, rule, List.of(known), 0, server, dialect);
    }

    /// @param known the slowest first
    static DocumentedApi api(
            String name,
            String rule,
            List<ScopedLimit> known,
            int inFlight,
            Supplier<ApiServer> server,
            ApiDialect dialect) {
        return new DocumentedApi(name, rule, known.getFirst().calls(), known, inFlight, server, dialect);
    }

    /// What ours is told.
    PacerSettings settings() {
        PacerSettings told = new PacerSettings(known, List.of(), Duration.ofDays(30), Duration.ofSeconds(2));
        return inFlight == 0 ? told : told.withInFlight(List.of(new InFlightLimit(ScopedLimit.TOKEN, inFlight)));
    }

    /// How long it is run: twelve windows, six long ones, or longer for twenty thousand calls if three hours suffice.
    Duration length() {
        long window = quota.window().toNanos();
        double windows = (window > LONG ? LONG_WINDOWS : WINDOWS) * Math.max(2.5 * MINUTE, (double) window);
        double calls = Math.min(20_000 / quota.rate(), (double) LONG);
        return Duration.ofNanos((long) Math.max(windows, calls));
    }
}
