package dev.tactus.lake.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What many rows of a report have in common; made once, named by each of them.
///
/// Immutable but for its place in the chunk it was last used in, so it serves one [SalesWriter] at a time.
public final class SaleContext {
    final @Nullable String service;
    final @Nullable String territory;
    final @Nullable String usageType;
    final @Nullable LocalDate usageStart;
    final @Nullable LocalDate usageEnd;
    final @Nullable String statementPeriod;
    final @Nullable String currency;
    final @Nullable BigDecimal exchangeRate;
    final @Nullable String territoryReported;
    final @Nullable String subscriptionType;

    @Nullable
    SalesChunk chunk;

    int number;

    /// @param exchangeRate with at most 20 digits before the point and 18 after it
    /// @param territoryReported what the report says where it is no one territory
    public SaleContext(
            @Nullable String service,
            @Nullable String territory,
            @Nullable String usageType,
            @Nullable LocalDate usageStart,
            @Nullable LocalDate usageEnd,
            @Nullable String statementPeriod,
            @Nullable String currency,
            @Nullable BigDecimal exchangeRate,
            @Nullable String territoryReported,
            @Nullable String subscriptionType) {
        this.service = service;
        this.territory = territory;
        this.usageType = usageType;
        this.usageStart = usageStart;
        this.usageEnd = usageEnd;
        this.statementPeriod = statementPeriod;
        this.currency = currency;
        this.exchangeRate = exchangeRate;
        this.territoryReported = territoryReported;
        this.subscriptionType = subscriptionType;
    }

    /// One of which no kind of subscription is known.
    public SaleContext(
            @Nullable String service,
            @Nullable String territory,
            @Nullable String usageType,
            @Nullable LocalDate usageStart,
            @Nullable LocalDate usageEnd,
            @Nullable String statementPeriod,
            @Nullable String currency,
            @Nullable BigDecimal exchangeRate,
            @Nullable String territoryReported) {
        this(
                service,
                territory,
                usageType,
                usageStart,
                usageEnd,
                statementPeriod,
                currency,
                exchangeRate,
                territoryReported,
                null);
    }

    public Optional<String> service() {
        return Optional.ofNullable(service);
    }

    public Optional<String> currency() {
        return Optional.ofNullable(currency);
    }

    public Optional<LocalDate> usageStart() {
        return Optional.ofNullable(usageStart);
    }

    public Optional<LocalDate> usageEnd() {
        return Optional.ofNullable(usageEnd);
    }
}
