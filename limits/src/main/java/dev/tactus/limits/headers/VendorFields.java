package dev.tactus.limits.headers;

import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What headers say that only some vendors send.
///
/// Sources are the vendors' own pages; each method names those whose dialect it reads.
final class VendorFields {
    private static final Pattern USED_OF = Pattern.compile("(?:[a-z-]+=)?(\\d{1,9})\\s*/\\s*(\\d{1,9})(?:,.*)?");
    private static final Pattern PERCENT = Pattern.compile(
            "\"(?:call_count|total_time|total_cputime|acc_id_util_pct)\"\\s*:\\s*(\\d{1,9}(?:\\.\\d+)?)");
    private static final Pattern MINUTES = Pattern.compile("\"estimated_time_to_regain_access\"\\s*:\\s*(\\d{1,6})");
    private static final Pattern COUNTS =
            Pattern.compile("total=(\\d{1,9});\\s*remaining=(\\d{1,9});\\s*resets=(\\d{1,9})");
    private static final Pattern RATE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final List<String> COSTS = List.of(
            "X-RateLimit-Requested-Tokens", "X-RateLimit-Increment", "X-RateLimit-Credits-Used", "x-ms-resource-unit");
    private static final List<String> NOT_MINE = List.of("global", "shared");

    private final Function<String, @Nullable String> header;
    private final Instant reference;

    VendorFields(Function<String, @Nullable String> header, Instant reference) {
        this.header = header;
        this.reference = reference;
    }

    /// Whether the counters are those of everybody's calls: MusicBrainz' zone, Discord's scope.
    boolean areOfOthers() {
        return Stream.of("X-RateLimit-Zone", "X-RateLimit-Scope")
                .map(this::text)
                .flatMap(Optional::stream)
                .anyMatch(NOT_MINE::contains);
    }

    /// Everything, the first that states a number counting.
    QuotaFields all() {
        return details()
                .or(named("X-RateLimit-", "Limit", "Current", "Used", "Remaining", "Reset-After"))
                .or(named("RateLimit-", "Limit", "Observed", "Observed", "Remaining", "ResetTime"))
                .or(discogs())
                .or(fields(first(whole("X-RateLimit"), whole("X-Rate-Limit")), OptionalInt.empty(), Optional.empty()))
                .or(usedOfSize("X-Shopify-Shop-Api-Call-Limit"))
                .or(usedOfSize("Sforce-Limit-Info"))
                .or(units("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"))
                .or(units(
                        "anthropic-ratelimit-requests-limit",
                        "anthropic-ratelimit-requests-remaining",
                        "anthropic-ratelimit-requests-reset"))
                .or(hubspot())
                .or(zendesk())
                .or(remainingOnly())
                .or(percent());
    }

    /// Discord (Reset-After, in seconds with decimals), 7digital (Current), GitHub and Reddit (Used), GitLab (Observed,
    /// ResetTime).
    private QuotaFields named(String prefix, String limit, String used, String spent, String left, String reset) {
        OptionalInt permits = whole(prefix + limit);
        OptionalInt taken = first(whole(prefix + used), whole(prefix + spent));
        OptionalInt remaining = whole(prefix + left);
        return fields(permits, remaining.isPresent() ? remaining : less(permits, taken), delay(prefix + reset));
    }

    /// Discogs: a moving average over 60 s, without a reset.
    private QuotaFields discogs() {
        OptionalInt permits = whole("X-Discogs-Ratelimit");
        return withWindow(
                fields(permits, whole("X-Discogs-Ratelimit-Remaining"), Optional.empty()), Duration.ofMinutes(1));
    }

    /// Composio (X-RateLimit and -Window-Size), Crossref (-limit and -interval): `1s`, `600s`.
    QuotaFields windowed() {
        OptionalInt permits = first(whole("X-RateLimit"), whole("x-rate-limit-limit"), whole("X-RateLimit-Limit"));
        return duration("X-RateLimit-Window-Size")
                .or(() -> duration("x-rate-limit-interval"))
                .map(window -> withWindow(fields(permits, OptionalInt.empty(), Optional.empty()), window))
                .orElse(QuotaFields.NONE);
    }

    /// Shopify (`32/40`), Salesforce (`api-usage=18/5000`).
    private QuotaFields usedOfSize(String name) {
        Matcher matcher = USED_OF.matcher(text(name).orElse(""));
        if (!matcher.matches()) {
            return QuotaFields.NONE;
        }
        OptionalInt size = OptionalInt.of(Integer.parseInt(matcher.group(2)));
        return fields(
                OptionalInt.empty(), less(size, OptionalInt.of(Integer.parseInt(matcher.group(1)))), Optional.empty());
    }

    /// OpenAI (reset `6m0s`, `547ms`), Anthropic (reset as a date of RFC 3339).
    private QuotaFields units(String limit, String remaining, String reset) {
        return fields(whole(limit), whole(remaining), duration(reset).or(() -> delay(reset)));
    }

    /// HubSpot: the ten-second limit is told with its interval, a day's and a second's without.
    private QuotaFields hubspot() {
        OptionalInt milliseconds = whole("X-HubSpot-RateLimit-Interval-Milliseconds");
        QuotaFields burst =
                fields(whole("X-HubSpot-RateLimit-Max"), whole("X-HubSpot-RateLimit-Remaining"), Optional.empty());
        QuotaFields windowed =
                milliseconds.isPresent() ? withWindow(burst, Duration.ofMillis(milliseconds.getAsInt())) : burst;
        QuotaFields second = fields(
                whole("X-HubSpot-RateLimit-Secondly"),
                whole("X-HubSpot-RateLimit-Secondly-Remaining"),
                Optional.empty());
        return windowed.or(withWindow(second, Duration.ofSeconds(1)))
                .or(withWindow(
                        fields(
                                whole("X-HubSpot-RateLimit-Daily"),
                                whole("X-HubSpot-RateLimit-Daily-Remaining"),
                                Optional.empty()),
                        Duration.ofDays(1)));
    }

    /// Zendesk's limits of one endpoint: `total=100; remaining=99; resets=41`.
    private QuotaFields zendesk() {
        Matcher matcher = COUNTS.matcher(text("zendesk-ratelimit-tickets-index").orElse(""));
        return matcher.matches()
                ? fields(
                        OptionalInt.of(Integer.parseInt(matcher.group(1))),
                        OptionalInt.of(Integer.parseInt(matcher.group(2))),
                        Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(3)))))
                : QuotaFields.NONE;
    }

    /// Xero, Azure, Soundcharts: what remains of a minute, a day or a bucket, and nothing else; the least of them.
    private QuotaFields remainingOnly() {
        OptionalInt least = Stream.of(
                        "X-MinLimit-Remaining",
                        "X-DayLimit-Remaining",
                        "X-AppMinLimit-Remaining",
                        "x-ms-ratelimit-remaining-subscription-reads")
                .map(this::whole)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min();
        return fields(OptionalInt.empty(), least, Optional.empty());
    }

    /// Meta: percents of several measures in JSON, and minutes to wait; at 100 % nothing remains.
    private QuotaFields percent() {
        String usage = Stream.of("X-Business-Use-Case-Usage", "X-App-Usage", "X-Ad-Account-Usage")
                .map(name -> header.apply(name))
                .map(value -> value == null ? "" : value)
                .reduce("", String::concat);
        double most = PERCENT.matcher(usage)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .max()
                .orElse(0);
        Optional<Duration> wait = MINUTES.matcher(usage)
                .results()
                .map(found -> Duration.ofMinutes(Long.parseLong(found.group(1))))
                .filter(Duration::isPositive)
                .max(Duration::compareTo);
        return most >= 100 ? fields(OptionalInt.empty(), OptionalInt.of(0), wait) : QuotaFields.NONE;
    }

    /// TIDAL and other Spring gateways (a bucket and what a call takes of it), Amazon (a rate), Crossref (calls under
    /// way), Discord (a bucket's name), and what a call has cost.
    private QuotaFields details() {
        OptionalDouble cost = COSTS.stream()
                .map(this::decimal)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .findFirst();
        QuotaFeedback told =
                new QuotaFeedback(cost, bucket(), whole("x-concurrency-limit"), text("X-RateLimit-Bucket"));
        return new QuotaFields(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), told);
    }

    private Optional<QuotaFeedback.BucketRate> bucket() {
        OptionalInt refill = whole("X-RateLimit-Replenish-Rate");
        if (refill.orElse(0) > 0) {
            return Optional.of(new QuotaFeedback.BucketRate(
                    new Limit(refill.getAsInt(), Duration.ofSeconds(1)), whole("X-RateLimit-Burst-Capacity")));
        }
        double rate = decimal("x-amzn-RateLimit-Limit").orElse(0);
        return rate < 1e-6 || rate > 1e6
                ? Optional.empty()
                : Optional.of(new QuotaFeedback.BucketRate(
                        rate >= 1
                                ? new Limit((int) Math.floor(rate), Duration.ofSeconds(1))
                                : new Limit(1, Duration.ofMillis((long) Math.ceil(1000 / rate))),
                        OptionalInt.empty()));
    }

    /// Whether what remains is counted in tokens of which a call takes several.
    boolean countsTokens() {
        return header.apply("X-RateLimit-Requested-Tokens") != null || header.apply("X-RateLimit-Credits-Used") != null;
    }

    private static QuotaFields fields(OptionalInt permits, OptionalInt remaining, Optional<Duration> reset) {
        return new QuotaFields(
                Optional.empty(),
                permits.orElse(0) > 0 ? permits : OptionalInt.empty(),
                remaining,
                reset,
                QuotaFeedback.NONE);
    }

    private static QuotaFields withWindow(QuotaFields stated, Duration window) {
        return stated.permits().isEmpty() || !window.isPositive()
                ? stated
                : new QuotaFields(
                        Optional.of(new Limit(stated.permits().getAsInt(), window)),
                        stated.permits(),
                        stated.remaining(),
                        stated.resetIn(),
                        stated.details());
    }

    private static OptionalInt first(OptionalInt... values) {
        return Stream.of(values).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
    }

    private static OptionalInt less(OptionalInt permits, OptionalInt used) {
        return permits.isPresent() && used.isPresent()
                ? OptionalInt.of(Math.max(0, permits.getAsInt() - used.getAsInt()))
                : OptionalInt.empty();
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(header.apply(name))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty() && value.length() <= 256);
    }

    private OptionalInt whole(String name) {
        OptionalDouble value = decimal(name);
        return value.isPresent() && value.getAsDouble() < 1e9
                ? OptionalInt.of((int) value.getAsDouble())
                : OptionalInt.empty();
    }

    private OptionalDouble decimal(String name) {
        return text(name)
                .filter(value -> RATE.matcher(value).matches())
                .map(value -> OptionalDouble.of(Double.parseDouble(value)))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Duration> delay(String name) {
        return RetryDelay.read(header.apply(name), reference);
    }

    private Optional<Duration> duration(String name) {
        return text(name).flatMap(RetryDelay::compound);
    }
}
