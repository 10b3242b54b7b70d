package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.gateway.usage.QuotaUse;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which applications have used their quotas lately, for whoever warns them before they are refused.
///
/// The data path notes who was let through, which is one look-up; how much each has used is asked for by whoever takes
/// the notes. Limits of a second or less are spike arrests, and those in shadow refuse nobody: of these nobody is
/// warned. Thread-safe.
public final class QuotaWatch {
    private static final AsciiString FIELD = AsciiString.cached("RateLimit-Warning");
    private static final Duration SPIKE = Duration.ofSeconds(1);

    private final Map<String, WatchedApplication> active = new ConcurrentHashMap<>();
    private volatile Map<QuotaUse.Of, Instant> forecasts = Map.of();

    /// @param standings what a store said that several gateways share
    private record WatchedApplication(
            RequestIdentity.Application application,
            RequestIdentity.Metered own,
            Optional<List<RemainingQuota>> standings) {}

    /// An application's request was decided on.
    ///
    /// @param own its plan now
    /// @param standings what several gateways know together; where there are none, this one's knowledge counts
    void decided(
            RequestIdentity.Application application,
            RequestIdentity.Metered own,
            Optional<List<RemainingQuota>> standings) {
        if (isOne(application) && (standings.isPresent() || !active.containsKey(application.key()))) {
            active.put(application.key(), new WatchedApplication(application, own, standings));
        }
    }

    private static boolean isOne(RequestIdentity.Application application) {
        return !application.id().equals(UsageMeterRegistry.STRANGERS)
                && !application.id().equals(UsageMeterRegistry.EVENTS);
    }

    /// What those have used that have asked since the last call.
    ///
    /// @param used what this gateway knows
    /// @param now nanoseconds since the epoch
    public List<QuotaUse> take(KeyedLimiter<String> used, long now) {
        List<QuotaUse> uses = new ArrayList<>();
        for (String key : List.copyOf(active.keySet())) {
            WatchedApplication one = active.remove(key);
            if (one != null) {
                List<RemainingQuota> left = one.standings()
                        .orElseGet(() -> EnforcedRequest.standing(
                                used, one.application(), one.own().plan(), now));
                UsagePlan told = one.application().told(one.own());
                for (int i = 0; i < left.size(); i++) {
                    LimitSettings limit = told.limits().get(i);
                    if (warns(limit)) {
                        uses.add(use(one.application(), limit, left.get(i)));
                    }
                }
            }
        }
        return uses;
    }

    private static boolean warns(LimitSettings limit) {
        return !limit.shadow() && limit.window().compareTo(SPIKE) > 0;
    }

    private static QuotaUse use(RequestIdentity.Application application, LimitSettings limit, RemainingQuota left) {
        return new QuotaUse(
                application.id(),
                new MeteredLimit(name(application, limit), limit.limit()),
                left.permits(),
                left.permits() - left.remaining(),
                switch (limit.kind()) {
                    case FIXED, FIXED_FROM_FIRST -> QuotaUse.PermitReturn.TOGETHER;
                    case SLIDING -> QuotaUse.PermitReturn.EACH;
                    case BUCKET, SPACING -> QuotaUse.PermitReturn.EVENLY;
                },
                Instant.EPOCH.plusNanos(left.fullAtNanos()));
    }

    /// As usage names it: after its upstream where there are several.
    private static String name(RequestIdentity.Application application, LimitSettings limit) {
        int upstream = application.id().length() + 1;
        return application.key().length() > upstream
                ? application.key().substring(upstream) + "/" + limit.name()
                : limit.name();
    }

    /// When quotas will be used up, from now on.
    public void foretell(Map<QuotaUse.Of, Instant> exhausted) {
        forecasts = Map.copyOf(exhausted);
    }

    /// Says on an answer which quotas are nearly used up, or will be: `"quota";used=83, "day";used=40;exhausted=7200`,
    /// percent and seconds.
    ///
    /// @param at from which share on
    /// @param now nanoseconds since the epoch
    void warn(
            HttpHeaders headers,
            RequestIdentity.Application application,
            UsagePlan plan,
            List<RemainingQuota> left,
            double at,
            long now) {
        Map<QuotaUse.Of, Instant> foretold = forecasts;
        StringBuilder warnings = new StringBuilder(0);
        for (int i = 0; i < left.size(); i++) {
            LimitSettings limit = plan.limits().get(i);
            RemainingQuota one = left.get(i);
            int used = one.permits() - one.remaining();
            Optional<Instant> exhausted = foretold.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(foretold.get(new QuotaUse.Of(application.id(), name(application, limit))));
            if (warns(limit) && (used >= at * one.permits() || exhausted.isPresent())) {
                warnings.append(warnings.isEmpty() ? "\"" : ", \"")
                        .append(limit.name())
                        .append("\";used=")
                        .append(100L * used / one.permits());
                exhausted.ifPresent(when -> warnings.append(";exhausted=")
                        .append(Math.max(
                                0,
                                Duration.between(Instant.EPOCH.plusNanos(now), when)
                                        .toSeconds())));
            }
        }
        if (!warnings.isEmpty()) {
            headers.set(FIELD, warnings.toString());
        }
    }
}
