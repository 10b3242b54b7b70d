package dev.tactus.bench.utilisation;

import static dev.tactus.bench.utilisation.DocumentedApi.FIXED;
import static dev.tactus.bench.utilisation.DocumentedApi.HOUR;
import static dev.tactus.bench.utilisation.DocumentedApi.MINUTE;
import static dev.tactus.bench.utilisation.DocumentedApi.ROLLING;
import static dev.tactus.bench.utilisation.DocumentedApi.SECOND;
import static dev.tactus.bench.utilisation.DocumentedApi.api;
import static dev.tactus.bench.utilisation.DocumentedApi.told;

import dev.tactus.limits.QuotaKind;
import java.util.List;

/// The documented APIs of platforms for developers. A figure that nobody publishes is one of ours, and its rule says
/// "here".
final class PlatformApis {
    private static final long SERVICE = 300_000_000;
    private static final ApiDialect GITHUB = ApiDialect.telling(
            403, lines -> lines.epochTriple("x-ratelimit-", 5000).used("x-ratelimit-used", 5000));

    static final List<DocumentedApi> ALL = List.of(
            api(
                    "GitHub REST",
                    "5,000/h; 403",
                    told("5000/1h", FIXED),
                    () -> WindowServers.fixed(5000, HOUR, 700 * SECOND),
                    GITHUB),
            api(
                    "GitHub by address",
                    "60/h; 403",
                    told("60/1h", FIXED),
                    () -> WindowServers.fixed(60, HOUR, 1900 * SECOND),
                    ApiDialect.telling(403, lines -> lines.epochTriple("x-ratelimit-", 60))),
            api(
                    "GitHub secondary",
                    "900/min and here 10 at once, 300 ms each",
                    List.of(told("900/60s", ROLLING)),
                    10,
                    () -> ApiServer.all(WindowServers.rolling(900, MINUTE), RateServers.atOnce(10, SERVICE)),
                    ApiDialect.SILENT),
            new DocumentedApi(
                    "Stripe concurrency",
                    "here 10 at once, 300 ms each",
                    told("33/1s", ROLLING).limit(),
                    List.of(),
                    10,
                    () -> RateServers.atOnce(10, SERVICE),
                    ApiDialect.SILENT),
            api(
                    "GitHub GraphQL",
                    "5,000 points/h, a query here 10; told in a body with 200",
                    told("5000/1h", FIXED, 10),
                    () -> WindowServers.fixed(500, HOUR, 2500 * SECOND),
                    ApiDialect.inBody(200)),
            api(
                    "GitLab",
                    "7,200/h; headers count a minute's part",
                    told("7200/1h", FIXED),
                    () -> WindowServers.fixed(7200, HOUR, 300 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("RateLimit-Limit", 120)
                                    .used("RateLimit-Observed", 7200)
                                    .left("RateLimit-Remaining", 120, 7200)
                                    .resetEpoch("RateLimit-Reset")
                                    .retryAfter())),
            api(
                    "Shopify GraphQL",
                    "here 1,000 points, 100/s, a query 50; told in a body with 200",
                    told("100/1s", new QuotaKind.Bucket(1000), 50),
                    () -> RateServers.bucket(100, 1000, 50),
                    ApiDialect.inBody(200)),
            api(
                    "Shopify REST",
                    "bucket of 40, 2/s",
                    told("2/1s", new QuotaKind.Bucket(40)),
                    () -> RateServers.bucket(2, 40),
                    ApiDialect.SILENT),
            api(
                    "Stripe sandbox",
                    "25/s",
                    told("25/1s", FIXED),
                    () -> WindowServers.fixed(25, SECOND, 0),
                    ApiDialect.SILENT),
            api(
                    "Discord route",
                    "here 5/5 s",
                    told("5/5s", FIXED),
                    () -> WindowServers.fixed(5, 5 * SECOND, SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.limit("X-RateLimit-Limit", 5)
                                    .remaining("X-RateLimit-Remaining")
                                    .resetDecimals("X-RateLimit-Reset-After")
                                    .put("X-RateLimit-Bucket", "abcd1234")
                                    .retryAfter())),
            api(
                    "Slack tier 3",
                    "50/min",
                    told("50/60s", FIXED),
                    () -> WindowServers.fixed(50, MINUTE, 23 * SECOND),
                    ApiDialect.RETRY_AFTER),
            api(
                    "X v2",
                    "900/15 min",
                    told("900/15m", FIXED),
                    () -> WindowServers.fixed(900, 15 * MINUTE, 100 * SECOND),
                    ApiDialect.telling(429, lines -> lines.epochTriple("x-rate-limit-", 900))),
            api(
                    "Reddit",
                    "100/min over 10 min",
                    told("1000/10m", FIXED),
                    () -> WindowServers.fixed(1000, 10 * MINUTE, 200 * SECOND),
                    ApiDialect.telling(
                            429,
                            lines -> lines.used("X-Ratelimit-Used", 1000)
                                    .remaining("X-Ratelimit-Remaining")
                                    .resetSeconds("X-Ratelimit-Reset"))),
            api(
                    "Amazon SP-API orders",
                    "bucket of 20, 1/min",
                    told("1/60s", new QuotaKind.Bucket(20)),
                    () -> RateServers.bucket(1 / 60.0, 20),
                    ApiDialect.telling(429, lines -> lines.put("x-amzn-RateLimit-Limit", "0.0167"))),
            api(
                    "Amazon SP-API items",
                    "bucket of 30, 1 per 2 s",
                    told("1/2s", new QuotaKind.Bucket(30)),
                    () -> RateServers.bucket(0.5, 30),
                    ApiDialect.SILENT),
            api(
                    "Amazon EC2",
                    "bucket of 100, 20/s; bare 503",
                    told("20/1s", new QuotaKind.Bucket(100)),
                    () -> RateServers.bucket(20, 100),
                    ApiDialect.status(503)),
            api(
                    "Microsoft Graph identity",
                    "3,500 units/10 s as a bucket, a call 5",
                    told("350/1s", new QuotaKind.Bucket(3500), 5),
                    () -> RateServers.bucket(350, 3500, 5),
                    ApiDialect.telling(
                            429, lines -> lines.put("x-ms-resource-unit", 5).retryAfter())),
            api(
                    "Microsoft Graph insights",
                    "10,000/10 min and 4 at once, here 300 ms each",
                    List.of(told("10000/10m", FIXED)),
                    4,
                    () -> ApiServer.all(WindowServers.fixed(10_000, 10 * MINUTE, 0), RateServers.atOnce(4, SERVICE)),
                    ApiDialect.SILENT),
            api(
                    "Microsoft Graph reports",
                    "5/10 s",
                    told("5/10s", FIXED),
                    () -> WindowServers.fixed(5, 10 * SECOND, 6 * SECOND),
                    ApiDialect.SILENT),
            api(
                    "Azure Resource Manager",
                    "bucket of 250, 25/s",
                    told("25/1s", new QuotaKind.Bucket(250)),
                    () -> RateServers.bucket(25, 250),
                    ApiDialect.telling(
                            429,
                            lines -> lines.remaining("x-ms-ratelimit-remaining-subscription-reads")
                                    .retryAfter())),
            api(
                    "Google Sheets",
                    "60/min",
                    told("60/60s", FIXED),
                    () -> WindowServers.fixed(60, MINUTE, 31 * SECOND),
                    ApiDialect.SILENT));

    private PlatformApis() {}
}
