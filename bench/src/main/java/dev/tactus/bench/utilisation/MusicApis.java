package dev.tactus.bench.utilisation;

import static dev.tactus.bench.utilisation.DocumentedApi.DAY;
import static dev.tactus.bench.utilisation.DocumentedApi.FIXED;
import static dev.tactus.bench.utilisation.DocumentedApi.HOUR;
import static dev.tactus.bench.utilisation.DocumentedApi.MINUTE;
import static dev.tactus.bench.utilisation.DocumentedApi.ROLLING;
import static dev.tactus.bench.utilisation.DocumentedApi.SECOND;
import static dev.tactus.bench.utilisation.DocumentedApi.SPACING;
import static dev.tactus.bench.utilisation.DocumentedApi.api;
import static dev.tactus.bench.utilisation.DocumentedApi.told;

import dev.tactus.limits.QuotaKind;
import java.time.ZoneId;
import java.util.List;

/// The documented APIs of music and its neighbours. A figure that nobody publishes is one of ours, and its rule says
/// "here".
final class MusicApis {
    private static final QuotaKind LOS_ANGELES = new QuotaKind.Calendar(ZoneId.of("America/Los_Angeles"));

    static final List<DocumentedApi> ALL = List.of(
            api(
                    "Spotify Web API",
                    "rolling 30 s, here 180; refused calls count",
                    told("180/30s", new QuotaKind.Sliding(true)),
                    () -> WindowServers.rollingCountingRefused(180, 30 * SECOND),
                    ApiDialect.RETRY_AFTER),
            api(
                    "YouTube Data",
                    "10,000 units a day in Los Angeles, a call 5; 403",
                    told("10000/1d", LOS_ANGELES, 5),
                    () -> WindowServers.fixed(2000, DAY, -4 * HOUR),
                    ApiDialect.inBody(403)),
            api(
                    "YouTube search",
                    "100 a day in Los Angeles; 403",
                    told("100/1d", LOS_ANGELES),
                    () -> WindowServers.fixed(100, DAY, -4 * HOUR),
                    ApiDialect.inBody(403)),
            api(
                    "Deezer",
                    "50/5 s; told in a body with 200",
                    told("50/5s", FIXED),
                    () -> WindowServers.fixed(50, 5 * SECOND, 2 * SECOND),
                    ApiDialect.inBody(200)),
            api(
                    "TIDAL",
                    "bucket of 10, 1/s, a call takes 5",
                    told("1/1s", new QuotaKind.Bucket(10), 5),
                    () -> RateServers.bucket(1, 10, 5),
                    ApiDialect.telling(
                            429,
                            lines -> lines.remaining("X-RateLimit-Remaining")
                                    .put("X-RateLimit-Requested-Tokens", 5)
                                    .put("X-RateLimit-Burst-Capacity", 10)
                                    .put("X-RateLimit-Replenish-Rate", 1))),
            api(
                    "SoundCloud tokens",
                    "50/12 h and 30/h from the first call",
                    List.of(told("50/12h", new QuotaKind.FromFirst()), told("30/1h", new QuotaKind.FromFirst())),
                    0,
                    () -> ApiServer.all(WindowServers.fromFirst(50, 12 * HOUR), WindowServers.fromFirst(30, HOUR)),
                    ApiDialect.SILENT),
            api(
                    "MusicBrainz",
                    "1/s, none closer; 503; headers are everybody's",
                    told("1/1s", SPACING),
                    () -> RateServers.spacing(SECOND),
                    new ApiDialect(
                            503,
                            false,
                            lines -> lines.put("X-RateLimit-Limit", 800)
                                    .put("X-RateLimit-Remaining", 23)
                                    .put("X-RateLimit-Zone", "global")
                                    .retryAfter())),
            api(
                    "ListenBrainz",
                    "here 30/10 s",
                    told("30/10s", FIXED),
                    () -> WindowServers.fixed(30, 10 * SECOND, 4 * SECOND),
                    ApiDialect.telling(
                            429, lines -> lines.epochTriple("X-RateLimit-", 30).resetSeconds("X-RateLimit-Reset-In"))),
            api(
                    "Discogs",
                    "60/min, moving average",
                    told("60/60s", new QuotaKind.Counter()),
                    () -> WindowServers.counter(60, MINUTE, 11 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("X-Discogs-Ratelimit", 60)
                                    .used("X-Discogs-Ratelimit-Used", 60)
                                    .remaining("X-Discogs-Ratelimit-Remaining"))),
            api(
                    "Last.fm",
                    "5/s over 5 min; told in a body with 200",
                    told("1500/5m", ROLLING),
                    () -> WindowServers.rolling(1500, 5 * MINUTE),
                    ApiDialect.inBody(200)),
            api(
                    "AudD",
                    "10 a day",
                    told("10/1d", FIXED),
                    () -> WindowServers.fixed(10, DAY, 5 * HOUR),
                    ApiDialect.SILENT),
            api(
                    "AcoustID",
                    "3/s, none closer",
                    told("3/1s", SPACING),
                    () -> RateServers.spacing(SECOND / 3),
                    ApiDialect.SILENT),
            api(
                    "setlist.fm",
                    "1,440 a day and 2/s",
                    List.of(told("1440/1d", FIXED), told("2/1s", ROLLING)),
                    0,
                    () -> ApiServer.all(WindowServers.fixed(1440, DAY, HOUR), WindowServers.rolling(2, SECOND)),
                    ApiDialect.SILENT),
            api("Chartmetric", "1/s", told("1/1s", FIXED), () -> WindowServers.fixed(1, SECOND, 0), ApiDialect.SILENT),
            api(
                    "Sonos Control",
                    "1,000/min and 100/s",
                    List.of(told("1000/60s", FIXED), told("100/1s", ROLLING)),
                    0,
                    () -> ApiServer.all(
                            WindowServers.fixed(1000, MINUTE, 17 * SECOND), WindowServers.rolling(100, SECOND)),
                    ApiDialect.refusing(
                            429, lines -> lines.triple("RateLimit-", 1000).retryAfter())),
            api(
                    "7digital",
                    "4,000 a day; headers count up",
                    told("4000/1d", FIXED),
                    () -> WindowServers.fixed(4000, DAY, 3 * HOUR),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("X-RateLimit-Limit", 4000)
                                    .used("X-RateLimit-Current", 4000)
                                    .resetSeconds("X-RateLimit-Reset"))),
            api(
                    "Music Story",
                    "200 a day",
                    told("200/1d", FIXED),
                    () -> WindowServers.fixed(200, DAY, 9 * HOUR),
                    ApiDialect.SILENT),
            api(
                    "AutoPod",
                    "60/min from the first call",
                    told("60/60s", new QuotaKind.FromFirst()),
                    () -> WindowServers.fromFirst(60, MINUTE),
                    ApiDialect.SILENT),
            api(
                    "Stereomood",
                    "100/h; 400",
                    told("100/1h", FIXED),
                    () -> WindowServers.fixed(100, HOUR, 1000 * SECOND),
                    ApiDialect.inBody(400)));

    private MusicApis() {}
}
