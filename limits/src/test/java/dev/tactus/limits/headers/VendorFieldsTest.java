package dev.tactus.limits.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers as the vendors' own pages and captured answers show them.
final class VendorFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Feedback parse(int status, String... headers) {
        Map<String, List<String>> map = new TreeMap<>();
        for (int at = 0; at < headers.length; at += 2) {
            map.computeIfAbsent(headers[at], name -> new ArrayList<>()).add(headers[at + 1]);
        }
        return new FeedbackParser().parse(status, map, NOW);
    }

    /// @param headers `Name: value` pairs, parted by `&`
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    discogs    | X-Discogs-Ratelimit: 60 & X-Discogs-Ratelimit-Used: 12 & X-Discogs-Ratelimit-Remaining: 48 | 60 | 60 | 48 |
                    discord    | X-RateLimit-Limit: 5 & X-RateLimit-Remaining: 4 & X-RateLimit-Reset: 1763812802.5 & X-RateLimit-Reset-After: 1.5 | 5 | | 4 |
                    7digital   | X-RateLimit-Limit: 4000 & X-RateLimit-Current: 3999 & X-RateLimit-Reset: 60 | 4000 | | 1 | 60
                    github     | x-ratelimit-limit: 5000 & x-ratelimit-used: 5000 | 5000 | | 0 |
                    reddit     | X-Ratelimit-Used: 3 & X-Ratelimit-Remaining: 97 & X-Ratelimit-Reset: 300 | | | 97 | 300
                    gitlab     | RateLimit-Limit: 60 & RateLimit-Observed: 67 & RateLimit-ResetTime: Sun, 22 Nov 2026 12:00:30 GMT | 60 | | 0 | 30
                    composio   | X-RateLimit: 20000 & X-RateLimit-Remaining: 19999 & X-RateLimit-Window-Size: 600s | 20000 | 600 | 19999 |
                    crossref   | x-rate-limit-limit: 3 & x-rate-limit-interval: 1s | 3 | 1 | |
                    docker     | ratelimit-limit: 100;w=21600 & ratelimit-remaining: 20;w=21600 | 100 | 21600 | 20 |
                    shopify    | X-Shopify-Shop-Api-Call-Limit: 32/40 | | | 8 |
                    salesforce | Sforce-Limit-Info: api-usage=18/5000 | | | 4982 |
                    openai     | x-ratelimit-limit-requests: 60 & x-ratelimit-remaining-requests: 0 & x-ratelimit-reset-requests: 6m0s | 60 | | 0 | 360
                    anthropic  | anthropic-ratelimit-requests-limit: 50 & anthropic-ratelimit-requests-remaining: 49 & anthropic-ratelimit-requests-reset: 2026-11-22T12:00:01Z | 50 | | 49 | 1
                    hubspot    | X-HubSpot-RateLimit-Max: 100 & X-HubSpot-RateLimit-Remaining: 9 & X-HubSpot-RateLimit-Interval-Milliseconds: 10000 | 100 | 10 | 9 |
                    hubspot2   | X-HubSpot-RateLimit-Secondly: 4 & X-HubSpot-RateLimit-Secondly-Remaining: 3 | 4 | 1 | 3 |
                    zendesk    | zendesk-ratelimit-tickets-index: total=100; remaining=99; resets=41 | 100 | | 99 | 41
                    zendesk2   | X-Rate-Limit: 700 & X-Rate-Limit-Remaining: 699 | 700 | | 699 |
                    jira       | Beta-RateLimit-Policy: "global-app-quota";q=65000;w=3600 & Beta-RateLimit: "global-app-quota";r=11000;t=600 | 65000 | 3600 | 11000 | 600
                    jira2      | X-RateLimit-Limit: 350 & X-RateLimit-Remaining: 3 & X-RateLimit-Reset: 2026-11-22T12:00:20Z | 350 | | 3 | 20
                    xero       | X-MinLimit-Remaining: 59 & X-DayLimit-Remaining: 12 & X-AppMinLimit-Remaining: 9999 | | | 12 |
                    azure      | x-ms-ratelimit-remaining-subscription-reads: 11999 | | | 11999 |
                    meta       | X-App-Usage: {"call_count":100,"total_time":20,"total_cputime":3,"estimated_time_to_regain_access":7} | | | 0 | 420
                    meta2      | X-App-Usage: {"call_count":28,"total_time":25,"total_cputime":25} | | | |
                    stereomood | X-RateLimit-Limit: 100 & X-RateLimit-Remaining: 9 & X-RateLimit-Reset: 1300000060 & X-RateLimit-CurrentTime: 1300000000 | 100 | | 9 | 60
                    musicbrainz| X-RateLimit-Limit: 800 & X-RateLimit-Remaining: 23 & X-RateLimit-Reset: 1763812802 & X-RateLimit-Zone: global | | | |
                    tidal      | X-RateLimit-Remaining: 5 & X-RateLimit-Requested-Tokens: 5 & X-RateLimit-Burst-Capacity: 10 & X-RateLimit-Replenish-Rate: 1 | | | |
                    listenbrainz | X-RateLimit-Limit: 30 & X-RateLimit-Remaining: 29 & X-RateLimit-Reset-In: 9 & X-RateLimit-Reset: 1863812802 | 30 | | 29 | 9
                    skuvault   | X-RateLimit-Reset: 1795348810000 | | | | 10
                    cloudflare | x-ratelimit-limit: 1200 & x-ratelimit-remaining: 1199 & x-ratelimit-reset: Sun, 22 Nov 2026 12:05:00 GMT | 1200 | | 1199 | 300
                    soundcloud | X-RateLimit-Reset: 2026/11/22 12:00:40 +0000 | | | | 40
                    """)
    void readsWhatVendorsSend(
            String who,
            String headers,
            @Nullable Integer permits,
            @Nullable Integer window,
            @Nullable Integer remaining,
            @Nullable Integer reset) {
        List<String> pairs = new ArrayList<>();
        for (String pair : headers.split(" & ", -1)) {
            int colon = pair.indexOf(": ");
            pairs.add(pair.substring(0, colon).strip());
            pairs.add(pair.substring(colon + 2).strip());
        }
        Feedback read = parse(200, pairs.toArray(String[]::new));
        assertThat(read.permits()).as(who).isEqualTo(optional(permits));
        assertThat(read.remaining()).as(who).isEqualTo(optional(remaining));
        assertThat(read.ceiling().map(limit -> (int) limit.window().toSeconds()))
                .as(who)
                .isEqualTo(Optional.ofNullable(window));
        if (reset != null) {
            assertThat(read.resetIn()).as(who).contains(Duration.ofSeconds(reset));
        }
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Test
    void readsCostsAndBuckets() {
        QuotaFeedback tidal = parse(
                        200,
                        "X-RateLimit-Remaining",
                        "5",
                        "X-RateLimit-Requested-Tokens",
                        "5",
                        "X-RateLimit-Burst-Capacity",
                        "10",
                        "X-RateLimit-Replenish-Rate",
                        "1")
                .details();
        assertThat(tidal.cost()).hasValue(5);
        assertThat(tidal.bucket()).contains(new QuotaFeedback.BucketRate(Limit.parse("1/1s"), OptionalInt.of(10)));
        QuotaFeedback amazon = parse(200, "x-amzn-RateLimit-Limit", "0.0167").details();
        assertThat(amazon.bucket().map(rate -> rate.refill().window().toMillis()))
                .contains(59_881L);
        assertThat(parse(200, "X-RateLimit-Increment", "3").details().cost()).hasValue(3);
        assertThat(parse(200, "x-ms-resource-unit", "2").details().cost()).hasValue(2);
        assertThat(parse(200, "x-concurrency-limit", "1").details().inFlight()).hasValue(1);
        assertThat(parse(200, "X-RateLimit-Bucket", "abcd1234").details().partition())
                .contains("abcd1234");
    }

    @Test
    void onARefusalADurationIsAWait() {
        assertThat(parse(429, "Retry-After", "2m52.8s").retryAfter()).contains(Duration.ofMillis(172_800));
        assertThat(parse(429, "Retry-After", "547ms").retryAfter()).contains(Duration.ofMillis(547));
        assertThat(parse(429, "X-RateLimit-Reset-After", "64.5", "Retry-After", "1337")
                        .retryAfter())
                .contains(Duration.ofSeconds(1337));
    }
}
