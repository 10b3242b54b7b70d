package dev.tactus.limits.headers;

import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one dialect of headers states about a quota; anything may be missing.
record QuotaFields(
        Optional<Limit> ceiling,
        OptionalInt permits,
        OptionalInt remaining,
        Optional<Duration> resetIn,
        QuotaFeedback details) {

    /// Nothing.
    static final QuotaFields NONE = new QuotaFields(
            Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), QuotaFeedback.NONE);

    /// The same, but for what is counted in something else than calls, or is not the caller's own.
    QuotaFields detailsOnly() {
        return new QuotaFields(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), details);
    }

    /// What this states, and what `other` states of the rest.
    QuotaFields or(QuotaFields other) {
        return new QuotaFields(
                ceiling.or(permits.isPresent() ? Optional::empty : other::ceiling),
                permits.isPresent() ? permits : other.permits,
                remaining.isPresent() ? remaining : other.remaining,
                resetIn.or(other::resetIn),
                details.equals(QuotaFeedback.NONE) ? other.details : details);
    }

    /// `RateLimit-Policy: "quota";q=1000;w=60` and `RateLimit: "quota";r=0;t=32`, or `RateLimit: limit=9,
    /// remaining=0`.
    static QuotaFields structured(@Nullable String policies, @Nullable String counters) {
        List<StructuredItem> all = StructuredItem.list(policies);
        Set<String> others = all.stream()
                .filter(item -> !item.countsRequests())
                .map(StructuredItem::name)
                .collect(Collectors.toSet());
        Optional<StructuredItem> slowest = all.stream()
                .filter(item -> item.limit().isPresent())
                .min(Comparator.comparingDouble(
                        item -> item.limit().orElseThrow().rate()));
        Optional<Limit> ceiling = slowest.flatMap(StructuredItem::limit);
        List<StructuredItem> counted = StructuredItem.list(counters).stream()
                .filter(item -> !others.contains(item.name()))
                .toList();
        Optional<StructuredItem> counter = counted.stream()
                .filter(item -> item.whole("r").orElse(1) == 0)
                .max(Comparator.comparingLong(item -> item.whole("t").orElse(0)))
                .or(() -> counted.stream()
                        .filter(item -> slowest.isPresent()
                                && item.name().equals(slowest.get().name()))
                        .findFirst())
                .or(() -> counted.stream()
                        .filter(item -> item.whole("r").isPresent())
                        .findFirst());
        OptionalInt oldLimit = StructuredItem.value(counted, "limit");
        OptionalInt oldRemaining = StructuredItem.value(counted, "remaining");
        OptionalInt oldReset = StructuredItem.value(counted, "reset");
        OptionalInt reset = counter.map(item -> item.whole("t")).orElse(oldReset);
        return new QuotaFields(
                ceiling,
                ceiling.isPresent() ? OptionalInt.of(ceiling.get().permits()) : positive(oldLimit),
                counter.map(item -> item.whole("r")).orElse(oldRemaining),
                reset.isPresent() ? RetryDelay.read(String.valueOf(reset.getAsInt()), Instant.EPOCH) : Optional.empty(),
                new QuotaFeedback(
                        OptionalDouble.empty(),
                        Optional.empty(),
                        StructuredItem.inFlight(all),
                        counter.or(() -> slowest).flatMap(StructuredItem::partition)));
    }

    /// `…Limit: 100` or `…Limit: 100, 100;w=60`, `…Remaining`, `…Reset` and `…Reset-In`.
    static QuotaFields triple(Function<String, @Nullable String> header, String prefix, Instant reference) {
        List<StructuredItem> limits = StructuredItem.list(header.apply(prefix + "Limit"));
        Optional<Limit> ceiling =
                limits.stream().flatMap(item -> item.limit().stream()).min(Comparator.comparingDouble(Limit::rate));
        OptionalInt first = limits.isEmpty()
                ? OptionalInt.empty()
                : positive(limits.getFirst().nameAsWhole());
        List<StructuredItem> remaining = StructuredItem.list(header.apply(prefix + "Remaining"));
        return new QuotaFields(
                ceiling,
                ceiling.isPresent() ? OptionalInt.of(ceiling.get().permits()) : first,
                remaining.isEmpty() ? OptionalInt.empty() : remaining.getFirst().nameAsWhole(),
                RetryDelay.read(header.apply(prefix + "Reset-In"), reference)
                        .or(() -> RetryDelay.read(header.apply(prefix + "Reset"), reference)),
                QuotaFeedback.NONE);
    }

    private static OptionalInt positive(OptionalInt value) {
        return value.orElse(0) > 0 ? value : OptionalInt.empty();
    }
}
