package dev.tactus.bench.utilisation;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// A public API's limits as its documents state them, as a server and as a client is told them.
///
/// @param name whose
/// @param rule in words
/// @param quota the slowest limit, which simple policies are told
/// @param known what ours is told
/// @param inFlight calls under way that ours is told; 0: no limit of them
/// @param server makes one, given how much longer than its service a call occupies it
record DocumentedApi(
        String name, String rule, Limit quota, List<ScopedLimit> known, int inFlight, LongFunction<ApiServer> server) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long SERVICE = 300_000_000;
    private static final QuotaKind ROLLING = new QuotaKind.Sliding(false);
    private static final QuotaKind FIXED = new QuotaKind.Fixed();
    private static final QuotaKind SPACING = new QuotaKind.Spacing();

    /// Those of the table.
    static final List<DocumentedApi> ALL = List.of(
            api("Discogs", "60/min rolling", told("60/60s", ROLLING), () -> ApiServer.rolling(60, MINUTE)),
            api("MusicBrainz", "1/s, none closer", told("1/1s", SPACING), () -> ApiServer.spacing(SECOND)),
            api("AcoustID", "3/s, none closer", told("3/1s", SPACING), () -> ApiServer.spacing(SECOND / 3)),
            api(
                    "AutoPod",
                    "60/min from the first call",
                    told("60/60s", new QuotaKind.FromFirst()),
                    () -> ApiServer.fromFirst(60, MINUTE)),
            two(
                    "Sonos Control",
                    "1,000/min and 100/s",
                    told("1000/60s", FIXED),
                    told("100/1s", ROLLING),
                    () -> ApiServer.all(
                            List.of(ApiServer.fixed(1000, MINUTE, 17 * SECOND), ApiServer.rolling(100, SECOND)))),
            two(
                    "setlist.fm",
                    "1,440 a day and 2/s",
                    told("1440/1d", FIXED),
                    told("2/1s", ROLLING),
                    () -> ApiServer.all(List.of(ApiServer.fixed(1440, 24 * HOUR, HOUR), ApiServer.rolling(2, SECOND)))),
            api(
                    "YouTube search",
                    "100 a day in Los Angeles",
                    told("100/1d", new QuotaKind.Calendar(ZoneId.of("America/Los_Angeles"))),
                    () -> ApiServer.fixed(100, 24 * HOUR, -4 * HOUR)),
            api(
                    "Shopify REST",
                    "40, drains 2/s",
                    told("2/1s", new QuotaKind.Bucket(40)),
                    () -> ApiServer.bucket(2, 40)),
            api(
                    "Amazon SP-API orders",
                    "20, 1/min",
                    told("1/60s", new QuotaKind.Bucket(20)),
                    () -> ApiServer.bucket(1 / 60.0, 20)),
            api(
                    "Azure Resource Manager",
                    "250, 25/s",
                    told("25/1s", new QuotaKind.Bucket(250)),
                    () -> ApiServer.bucket(25, 250)),
            api("GitHub REST", "5,000/h", told("5000/1h", FIXED), () -> ApiServer.fixed(5000, HOUR, 700 * SECOND)),
            api("X v2", "900/15 min", told("900/15m", FIXED), () -> ApiServer.fixed(900, 15 * MINUTE, 100 * SECOND)),
            api("HubSpot", "100/10 s", told("100/10s", FIXED), () -> ApiServer.fixed(100, 10 * SECOND, 3 * SECOND)),
            api("DataCite", "3,000/5 min rolling", told("3000/5m", ROLLING), () -> ApiServer.rolling(3000, 5 * MINUTE)),
            api("Docker Hub", "100/6 h", told("100/6h", FIXED), () -> ApiServer.fixed(100, 6 * HOUR, HOUR)),
            api("Stripe sandbox", "25/s", told("25/1s", FIXED), () -> ApiServer.fixed(25, SECOND, 0)),
            two(
                    "Qonto",
                    "10,000/10 min and 1,000/10 s",
                    told("10000/10m", FIXED),
                    told("1000/10s", FIXED),
                    () -> ApiServer.all(
                            List.of(ApiServer.fixed(10_000, 10 * MINUTE, 0), ApiServer.fixed(1000, 10 * SECOND, 0)))),
            api(
                    "Cloudflare",
                    "1,200/5 min, one too many closes 5 min",
                    new ScopedLimit(
                            ScopedLimit.TOKEN, Limit.parse("1200/5m"), FIXED, 1, Optional.of(Duration.ofMinutes(5))),
                    () -> ApiServer.closing(ApiServer.fixed(1200, 5 * MINUTE, 0), 5 * MINUTE)),
            new DocumentedApi(
                    "Xero",
                    "60/min and 5 at once",
                    Limit.parse("60/60s"),
                    List.of(told("60/60s", FIXED)),
                    5,
                    longer -> ApiServer.all(
                            List.of(ApiServer.fixed(60, MINUTE, 0), ApiServer.atOnce(5, SERVICE + longer)))),
            new DocumentedApi(
                    "GitHub secondary",
                    "here 10 at once, 300 ms each",
                    Limit.parse("24/1s"),
                    List.of(),
                    10,
                    longer -> ApiServer.atOnce(10, SERVICE + longer)),
            new DocumentedApi(
                    "arXiv",
                    "one per 3 s, one connection",
                    Limit.parse("1/3s"),
                    List.of(told("1/3s", SPACING)),
                    1,
                    longer -> ApiServer.all(
                            List.of(ApiServer.spacing(3 * SECOND), ApiServer.atOnce(1, SERVICE + longer)))));

    private static ScopedLimit told(String limit, QuotaKind kind) {
        return new ScopedLimit(ScopedLimit.TOKEN, Limit.parse(limit), kind);
    }

    private static DocumentedApi api(String name, String rule, ScopedLimit known, Maker server) {
        return new DocumentedApi(name, rule, known.limit(), List.of(known), 0, longer -> server.make());
    }

    private static DocumentedApi two(String name, String rule, ScopedLimit slow, ScopedLimit quick, Maker server) {
        return new DocumentedApi(name, rule, slow.limit(), List.of(slow, quick), 0, longer -> server.make());
    }

    /// Makes a server.
    private interface Maker {
        ApiServer make();
    }

    /// What ours is told.
    PacerSettings settings() {
        PacerSettings told = new PacerSettings(known, List.of(), Duration.ofDays(30), Duration.ofSeconds(2));
        return inFlight == 0 ? told : told.withInFlight(List.of(new InFlightLimit(ScopedLimit.TOKEN, inFlight)));
    }

    /// How long it is run: twelve windows, or longer for twenty thousand calls if three hours suffice for them.
    Duration length() {
        double window = Math.max(2.5 * MINUTE, (double) quota.window().toNanos());
        double calls = Math.min(20_000 / quota.rate(), 3.0 * HOUR);
        return Duration.ofNanos((long) Math.max(12 * window, calls));
    }
}
