package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.SqlSession;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.Organizations;
import dev.tactus.gateway.quota.LimitAlgorithm;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.LimitCounts;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.RemainingQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What applications have used of windows that are not over, kept so that a restart gives nobody a quota anew.
///
/// Of fixed windows, buckets and spacings it is what the limiter says, at the moment it is written. A sliding window's
/// past can't be asked for, so what was charged is written down with the moment it was counted, rounded up to a
/// sixtieth of the window: after a restart its permits come back up to that much later than they would have, never
/// earlier. Windows of a second or less are over by the time that another gateway has started. Thread-safe.
public final class QuotaCheckpoint {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int STEPS = 60;

    private final Database database;
    private final KeyedLimiter<String> limiter;
    private volatile Plans plans = new Plans(Map.of());

    /// The plans of applications, each made when it is asked for first.
    private record Plans(Map<String, List<LimitSettings>> limits, Map<String, UsagePlan> made) {
        Plans(Map<String, List<LimitSettings>> limits) {
            this(limits, new ConcurrentHashMap<>());
        }

        @Nullable
        UsagePlan get(String id) {
            List<LimitSettings> of = limits.get(id);
            return of == null ? null : made.computeIfAbsent(id, missing -> plan(of));
        }

        private static UsagePlan plan(List<LimitSettings> limits) {
            return new UsagePlan(limits.stream()
                    .filter(limit -> length(limit).compareTo(SHORTEST) > 0)
                    .toList());
        }
    }

    private record Owner(String application, String limit) {}

    private record Used(Owner of, Instant at, long charged) {}

    /// @param limiter keeps what applications have used, by their id
    QuotaCheckpoint(Database database, KeyedLimiter<String> limiter) {
        this.database = database;
        this.limiter = limiter;
    }

    /// Goes by the limits of these applications from now on.
    public void configure(List<ApplicationSettings> applications) {
        configure(applications, Map.of());
    }

    /// Goes by the limits of these applications and organizations from now on.
    public void configure(List<ApplicationSettings> applications, Map<String, List<LimitSettings>> organizations) {
        Map<String, List<LimitSettings>> limits = HashMap.newHashMap(applications.size());
        applications.forEach(each -> limits.put(each.id(), each.limits()));
        organizations.forEach((id, of) -> limits.put(Organizations.PREFIX + id, of));
        plans = new Plans(limits);
    }

    /// Writes down what was charged until now, and forgets what counts no longer.
    public void add(List<MinuteUsage> counted, Instant now) {
        database.writing(statements -> {
            for (MinuteUsage each : counted) {
                UsagePlan plan = plans.get(each.application());
                if (plan != null && each.limits().stream().anyMatch(limit -> limit.charged() > 0)) {
                    add(statements, each, plan, now);
                }
            }
            statements.update("DELETE FROM window_use WHERE until <= ?", now);
        });
    }

    private void add(SqlSession statements, MinuteUsage counted, UsagePlan plan, Instant now) {
        List<RemainingQuota> standings = limiter.standing(counted.application(), plan.quota(), nanos(now));
        for (int i = 0; i < standings.size(); i++) {
            LimitSettings limit = plan.limits().get(i);
            if (limit.kind() == LimitAlgorithm.SLIDING) {
                long charged = counted.limits().stream()
                        .filter(each -> each.limit().name().equals(limit.name()))
                        .mapToLong(LimitCounts::charged)
                        .sum();
                put(statements, counted.application(), limit, roundedUp(limit, now), charged);
            } else {
                RemainingQuota standing = standings.get(i);
                int used = standing.permits() - standing.remaining();
                statements.update(
                        "DELETE FROM window_use WHERE application = ? AND name = ?",
                        counted.application(),
                        limit.name());
                put(statements, counted.application(), limit, usedSince(limit, standing, used), used);
            }
        }
    }

    /// When so much has to be charged to be free again when it will be.
    private static Instant usedSince(LimitSettings limit, RemainingQuota standing, int used) {
        Instant full = Instant.EPOCH.plusNanos(standing.fullAtNanos());
        return limit.kind() == LimitAlgorithm.BUCKET
                ? full.minus(limit.window().multipliedBy(used).dividedBy(limit.permits()))
                : full.minus(length(limit));
    }

    private static void put(SqlSession statements, String application, LimitSettings limit, Instant at, long charged) {
        if (charged > 0) {
            statements.update("""
                INSERT INTO window_use (application, name, at, charged, until) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET charged = charged + excluded.charged
                """, application, limit.name(), at, charged, at.plus(length(limit)));
        }
    }

    /// Charges to the limiter, which is new, what was used before it.
    public void restore(Instant now) {
        Map<Owner, List<Used>> used = database
                .read(statements -> statements.list(
                        "SELECT application, name, at, charged FROM window_use WHERE until > ? ORDER BY at DESC",
                        row -> new Used(
                                new Owner(row.text("application"), row.text("name")),
                                row.instant("at"),
                                row.number("charged")),
                        now))
                .stream()
                .collect(Collectors.groupingBy(Used::of));
        used.values().stream()
                .flatMap(each -> fitting(each).stream())
                .sorted(Comparator.comparing(Used::at))
                .forEach(each -> charge(each, nanos(each.at().isBefore(now) ? each.at() : now)));
    }

    /// As much as there is room for, the latest first: what is older than a window was rounded up into it, or the limit
    /// has become smaller.
    private List<Used> fitting(List<Used> latestFirst) {
        Owner owner = latestFirst.getFirst().of();
        UsagePlan plan = plans.get(owner.application());
        long room = plan == null ? 0 : plan.permits(owner.limit());
        List<Used> fitting = new ArrayList<>();
        for (Used each : latestFirst) {
            long cost = Math.min(room, each.charged());
            if (cost > 0) {
                fitting.add(new Used(owner, each.at(), cost));
            }
            room -= cost;
        }
        return fitting;
    }

    private void charge(Used used, long at) {
        UsagePlan plan = Objects.requireNonNull(plans.get(used.of().application()));
        limiter.decide(used.of().application(), only(plan, used.of().limit(), (int) used.charged()), at);
    }

    private static Charge only(UsagePlan plan, String limit, int cost) {
        Charge charge = plan.quota().charge();
        for (LimitSettings each : plan.limits()) {
            charge = charge.withCost(each.name(), each.name().equals(limit) ? cost : 0);
        }
        return charge;
    }

    private static Instant roundedUp(LimitSettings limit, Instant now) {
        long step = Math.max(TimeUnit.SECONDS.toMillis(1), length(limit).toMillis() / STEPS);
        return Instant.ofEpochMilli(Math.ceilDiv(now.toEpochMilli(), step) * step);
    }

    /// How long a permit stays used at most.
    private static Duration length(LimitSettings limit) {
        return switch (limit.kind()) {
            case SLIDING, FIXED, FIXED_FROM_FIRST -> limit.window();
            case BUCKET -> limit.window().multipliedBy(limit.burst()).dividedBy(limit.permits());
            case SPACING -> limit.window().dividedBy(limit.permits());
        };
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
