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
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/// The documented APIs of services for companies, science and money. A figure that nobody publishes is one of ours, and
/// its rule says "here".
final class ServiceApis {
    private static final long SERVICE = 300_000_000;

    static final List<DocumentedApi> ALL = List.of(
            api(
                    "HubSpot",
                    "100/10 s",
                    told("100/10s", FIXED),
                    () -> WindowServers.fixed(100, 10 * SECOND, 3 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.put("X-HubSpot-RateLimit-Daily", 250_000)
                                    .put("X-HubSpot-RateLimit-Daily-Remaining", 240_000))),
            api(
                    "Zendesk",
                    "700/min",
                    told("700/60s", FIXED),
                    () -> WindowServers.fixed(700, MINUTE, 5 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("X-Rate-Limit", 700)
                                    .triple("ratelimit-", 700)
                                    .retryAfter())),
            api(
                    "Zendesk export",
                    "10/min",
                    told("10/60s", FIXED),
                    () -> WindowServers.fixed(10, MINUTE, 41 * SECOND),
                    ApiDialect.RETRY_AFTER),
            api(
                    "Jira writes",
                    "20/2 s and 100/30 s",
                    List.of(told("100/30s", ROLLING), told("20/2s", ROLLING)),
                    0,
                    () -> ApiServer.all(WindowServers.rolling(100, 30 * SECOND), WindowServers.rolling(20, 2 * SECOND)),
                    ApiDialect.RETRY_AFTER),
            api(
                    "Notion",
                    "here 180/min",
                    told("180/60s", FIXED),
                    () -> WindowServers.fixed(180, MINUTE, 13 * SECOND),
                    ApiDialect.RETRY_AFTER),
            api(
                    "Xero",
                    "5,000 a day, 60/min and 5 at once, here 300 ms each",
                    List.of(told("5000/1d", FIXED), told("60/60s", FIXED)),
                    5,
                    () -> ApiServer.all(
                            WindowServers.fixed(5000, DAY, 7 * HOUR),
                            WindowServers.fixed(60, MINUTE, 0),
                            RateServers.atOnce(5, SERVICE)),
                    ApiDialect.telling(
                            429,
                            lines -> lines.remaining("X-DayLimit-Remaining").retryAfter())),
            api(
                    "OpenAI",
                    "here 500/min, refilled steadily",
                    told("500/60s", new QuotaKind.Bucket(500)),
                    () -> RateServers.bucket(500 / 60.0, 500),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("x-ratelimit-limit-requests", 500)
                                    .remaining("x-ratelimit-remaining-requests"))),
            api(
                    "Anthropic",
                    "here 50/min, refilled steadily",
                    told("50/60s", new QuotaKind.Bucket(50)),
                    () -> RateServers.bucket(50 / 60.0, 50),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("anthropic-ratelimit-requests-limit", 50)
                                    .remaining("anthropic-ratelimit-requests-remaining")
                                    .resetInstant("anthropic-ratelimit-requests-reset")
                                    .retryAfter())),
            api(
                    "Cloudflare",
                    "1,200/5 min, one too many closes 5 min",
                    told("1200/5m", FIXED, Duration.ofMinutes(5)),
                    () -> ApiServer.closing(WindowServers.fixed(1200, 5 * MINUTE, 0), 0, 5 * MINUTE),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("x-ratelimit-limit", 1200)
                                    .remaining("x-ratelimit-remaining")
                                    .resetDate("x-ratelimit-reset")
                                    .retryAfter())),
            api(
                    "Docker Hub",
                    "100/6 h",
                    told("100/6h", FIXED),
                    () -> WindowServers.fixed(100, 6 * HOUR, HOUR),
                    ApiDialect.telling(429, lines -> lines.put("ratelimit-limit", "100;w=21600"))),
            api(
                    "Crossref",
                    "3/s and one connection",
                    List.of(told("3/1s", ROLLING)),
                    1,
                    () -> ApiServer.all(WindowServers.rolling(3, SECOND), RateServers.atOnce(1, SERVICE / 3)),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("x-rate-limit-limit", 3)
                                    .put("x-rate-limit-interval", "1s")
                                    .put("x-concurrency-limit", 1))),
            api(
                    "OpenAlex",
                    "100,000 credits a day, a call here 100",
                    told("100000/1d", new QuotaKind.Calendar(ZoneOffset.UTC), 100),
                    () -> WindowServers.fixed(1000, DAY, -12 * HOUR),
                    ApiDialect.telling(
                            429,
                            lines -> lines.put("X-RateLimit-Limit", 100_000)
                                    .put("X-RateLimit-Credits-Used", 100)
                                    .resetSeconds("X-RateLimit-Reset"))),
            api(
                    "arXiv",
                    "one per 3 s, one connection, here 300 ms each",
                    List.of(told("1/3s", SPACING)),
                    1,
                    () -> ApiServer.all(RateServers.spacing(3 * SECOND), RateServers.atOnce(1, SERVICE)),
                    ApiDialect.SILENT),
            api(
                    "Binance",
                    "here 1,200/min; who goes on is banned for 2 min",
                    told("1200/60s", FIXED, Duration.ofMinutes(2)),
                    () -> ApiServer.closing(WindowServers.fixed(1200, MINUTE, 0), 5, 2 * MINUTE),
                    ApiDialect.telling(
                            429,
                            lines -> lines.used("X-MBX-USED-WEIGHT-1M", 1200).retryAfter())),
            api(
                    "Meta Graph",
                    "200/h rolling; told in percent",
                    told("200/1h", ROLLING),
                    () -> WindowServers.rolling(200, HOUR),
                    ApiDialect.inBody(400)),
            api(
                    "Gemini exchange",
                    "one per 0.5 s, five more are held back",
                    told("1/500ms", new QuotaKind.Bucket(6)),
                    () -> RateServers.held(SECOND / 2, 5),
                    ApiDialect.SILENT),
            api(
                    "Qonto",
                    "10,000/10 min and 1,000/10 s",
                    List.of(told("10000/10m", FIXED), told("1000/10s", FIXED)),
                    0,
                    () -> ApiServer.all(
                            WindowServers.fixed(10_000, 10 * MINUTE, 0), WindowServers.fixed(1000, 10 * SECOND, 0)),
                    ApiDialect.SILENT),
            api(
                    "DataCite",
                    "3,000/5 min rolling",
                    told("3000/5m", ROLLING),
                    () -> WindowServers.rolling(3000, 5 * MINUTE),
                    ApiDialect.RETRY_AFTER),
            api(
                    "Mercury",
                    "bucket of 60, 120/min",
                    told("120/60s", new QuotaKind.Bucket(60)),
                    () -> RateServers.bucket(2, 60),
                    ApiDialect.RETRY_AFTER),
            api(
                    "SkuVault",
                    "10/min; reset in ms with refusals",
                    told("10/60s", FIXED),
                    () -> WindowServers.fixed(10, MINUTE, 50 * SECOND),
                    ApiDialect.refusing(429, lines -> lines.resetMillis("X-RateLimit-Reset"))),
            api(
                    "Zep",
                    "here 60/min; cost told",
                    told("60/60s", FIXED),
                    () -> WindowServers.fixed(60, MINUTE, 8 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.epochTriple("X-RateLimit-", 60)
                                    .put("X-RateLimit-Increment", 1)
                                    .retryAfter())));

    private ServiceApis() {}
}
