package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.UnknownApplications;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.PacerLimits;
import dev.tactus.gateway.quota.QuotaPartition;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Alarm;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The pacers before one upstream: one for what all share, one for each application and each token that has limits of
/// its own.
///
/// Tokens come and go, so their pacers are made when one is first seen and closed when it has been idle for long; what
/// such a pacer had learned and spent is taken up again when its token comes back. Beyond a number of tokens in use at
/// once, further ones share a pacer. Thread-safe.
final class PacerRegistry implements AutoCloseable {
    /// Whose pacer tokens share for which there is no room.
    static final String OTHER_TOKENS = PacerStateStore.TOKEN + "(others)";

    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 100_000;

    private final PacerStateStore store;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Supplier<Alarm> alarms;
    private final Duration assumedWindow;
    private final int mostTokens;
    private final Map<String, Pacer> pacers = new ConcurrentHashMap<>();
    private final Map<String, PacerPlan> plans = new ConcurrentHashMap<>();
    private final Map<String, OwnLimits> own = new ConcurrentHashMap<>();
    private final Map<String, Long> tokensUsedAt = new ConcurrentHashMap<>();
    private final Map<String, List<ScopeState>> remembered = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ScopeState>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private volatile double leave;
    private volatile Partitions partitions = new Partitions(false, false, PacerPlan.NONE);

    /// @param mostTokens how many tokens have a pacer of their own at once
    PacerRegistry(
            PacerStateStore store,
            Ticker ticker,
            InstantSource clock,
            Supplier<Alarm> alarms,
            Duration assumedWindow,
            int mostTokens) {
        this.store = store;
        this.ticker = ticker;
        this.clock = clock;
        this.alarms = alarms;
        this.assumedWindow = assumedWindow;
        this.mostTokens = mostTokens;
        remembered.putAll(store.load(clock.instant().minus(REMEMBERED)));
    }

    /// What the configuration limits.
    ///
    /// @param shared whether there are limits that all share
    /// @param token those of each token
    private record Partitions(boolean shared, boolean perToken, PacerPlan token) {}

    /// The limits of an application.
    ///
    /// @param configured whether the configuration says them; else they may change with any request
    private record OwnLimits(List<LimitSettings> limits, boolean configured) {
        boolean any() {
            return PacerPlan.any(limits, QuotaPartition.APPLICATION);
        }
    }

    /// What a pacer is made with.
    ///
    /// @param learned paths whose limits are learned by themselves
    /// @param leave the share of every quota that is left to others
    private record PacerPlan(
            List<ScopedLimit> known, List<InFlightLimit> inFlight, List<String> learned, double leave) {
        static final PacerPlan NONE = new PacerPlan(List.of(), List.of(), List.of(), 0);

        static PacerPlan of(List<LimitSettings> limits, QuotaPartition partition, double leave) {
            return new PacerPlan(
                    PacerLimits.known(limits, partition),
                    PacerLimits.inFlight(limits, partition),
                    PacerLimits.learned(limits, partition).stream()
                            .filter(scope -> !scope.equals(ScopedLimit.TOKEN))
                            .toList(),
                    leave);
        }

        /// Whether a pacer that was made with the other can go on with this one, unless another path has a limit now.
        boolean follows(PacerPlan other) {
            return learned.equals(other.learned) && leave == other.leave;
        }

        static boolean any(List<LimitSettings> limits, QuotaPartition partition) {
            return limits.stream().anyMatch(limit -> limit.partition() == partition && !limit.shadow());
        }
    }

    /// Goes by this configuration from now on; whoever waits, waits under it, and what has been used stays used.
    synchronized void configure(GatewaySettings settings) {
        List<LimitSettings> limits = settings.limits();
        leave = settings.waiting().leave();
        PacerPlan token = PacerPlan.of(limits, QuotaPartition.TOKEN, leave);
        partitions = new Partitions(
                PacerPlan.any(limits, QuotaPartition.ALL), PacerPlan.any(limits, QuotaPartition.TOKEN), token);
        own.values().removeIf(OwnLimits::configured);
        settings.applications().forEach(each -> adopt(each.id(), new OwnLimits(each.limits(), true)));
        if (settings.unknown() instanceof UnknownApplications.Limited(List<LimitSettings> strangers)) {
            adopt(UsageMeterRegistry.STRANGERS, new OwnLimits(strangers, true));
        }
        pace(PacerStateStore.SHARED, PacerPlan.of(limits, QuotaPartition.ALL, leave));
        tokensUsedAt.keySet().forEach(owner -> pace(owner, token));
    }

    private synchronized void adopt(String application, OwnLimits limits) {
        own.put(application, limits);
        if (limits.any()) {
            pace(application, PacerPlan.of(limits.limits(), QuotaPartition.APPLICATION, leave));
        }
    }

    private void pace(String owner, PacerPlan plan) {
        Pacer before = pacers.get(owner);
        PacerPlan planned = plans.put(owner, plan);
        if (before == null) {
            pacers.put(owner, pacer(plan, rememberedOf(owner)));
            return;
        }
        try {
            if (planned != null && plan.follows(planned)) {
                before.change(plan.known(), plan.inFlight());
                return;
            }
        } catch (IllegalArgumentException anotherPath) {
            // as below
        }
        // whoever waits in the old one is told that it is closed, and enters the new one
        pacers.put(owner, pacer(plan, before.saveLast()));
        before.close();
    }

    private Pacer pacer(PacerPlan plan, List<ScopeState> states) {
        PacerSettings settings = new PacerSettings(plan.known(), plan.learned(), WaitPreference.LONGEST, LOST_MARGIN)
                .withWindow(assumedWindow, false)
                .withInFlight(plan.inFlight())
                .leaving(plan.leave());
        Pacer pacer = new Pacer(settings, ticker, clock, alarms.get());
        pacer.restore(states);
        return pacer;
    }

    private List<ScopeState> rememberedOf(String owner) {
        return remembered.getOrDefault(owner, List.of());
    }

    /// Whose limits a request passes, in this order: its token's, its application's, those that all share. So it never
    /// holds what others wait for.
    ///
    /// @param limits those of its application
    /// @param token what stands for its token
    List<String> owners(String application, List<LimitSettings> limits, String token) {
        Partitions now = partitions;
        List<String> owners = new ArrayList<>(3);
        if (now.perToken()) {
            owners.add(tokenOwner(token));
        }
        if (ownLimits(application, limits).any()) {
            owners.add(application);
        }
        if (now.shared() || owners.isEmpty()) {
            owners.add(PacerStateStore.SHARED);
        }
        return owners;
    }

    private OwnLimits ownLimits(String application, List<LimitSettings> limits) {
        OwnLimits known = own.get(application);
        if (known == null || (!known.configured() && !known.limits().equals(limits))) {
            known = new OwnLimits(limits, false);
            adopt(application, known);
        }
        return known;
    }

    private String tokenOwner(String token) {
        String owner = PacerStateStore.TOKEN + token;
        if (!tokensUsedAt.containsKey(owner) && tokensUsedAt.size() >= mostTokens) {
            owner = OTHER_TOKENS;
        }
        tokensUsedAt.put(owner, ticker.nanos());
        return owner;
    }

    /// A request of this owner leaves.
    void used(String owner) {
        tokensUsedAt.computeIfPresent(owner, (same, before) -> ticker.nanos());
    }

    /// The pacer of an owner that [#owners] named.
    Pacer get(String owner) {
        Pacer pacer = pacers.get(owner);
        if (pacer == null && owner.startsWith(PacerStateStore.TOKEN)) {
            pacer = tokenPacer(owner);
        }
        return Objects.requireNonNull(pacer, owner);
    }

    private synchronized Pacer tokenPacer(String owner) {
        if (!pacers.containsKey(owner)) {
            pace(owner, partitions.token());
        }
        return Objects.requireNonNull(pacers.get(owner), owner);
    }

    Map<String, List<ScopeReport>> report() {
        Map<String, List<ScopeReport>> reports = new TreeMap<>();
        pacers.forEach((owner, pacer) -> reports.put(owner, pacer.report()));
        return reports;
    }

    /// Writes down what may have changed since the last time, and closes the pacers of tokens that are idle.
    void save() {
        long changed = ticker.nanos() - LONGEST_CALL.toNanos();
        save(owner -> tokensUsedAt.getOrDefault(owner, Long.MAX_VALUE) >= changed);
        tokensUsedAt.forEach(this::endIdle);
    }

    private void save(Predicate<String> which) {
        Map<String, List<ScopeState>> states = new LinkedHashMap<>();
        pacers.forEach((owner, pacer) -> {
            if (which.test(owner)) {
                states.put(owner, pacer.save());
            }
        });
        store.save(states);
    }

    private synchronized void endIdle(String owner, long usedAt) {
        Pacer pacer = pacers.get(owner);
        if (ticker.nanos() - usedAt < IDLE.toNanos() || pacer == null || pacer.waiting() > 0) {
            return;
        }
        // a request that comes just now finds it closed and enters a new one
        remembered.put(owner, pacer.saveLast());
        tokensUsedAt.remove(owner);
        plans.remove(owner);
        pacers.remove(owner);
        pacer.close();
    }

    /// Turns away whoever still waits.
    @Override
    public void close() {
        pacers.values().forEach(Pacer::close);
    }
}
