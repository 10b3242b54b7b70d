package dev.tactus.limits.metering;

import dev.tactus.limits.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Decides on requests of many callers, each with limits of its own: the server's side of a quota.
///
/// ```java
/// QuotaPlan plan = QuotaPlan.of(
///         NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("1000/60s"))),
///         NamedLimit.of("spike", LimitKind.spikeArrest(100)));
/// KeyedLimiter<String> limiter = new KeyedLimiter<>(Ticker.sinceEpoch(InstantSource.system()));
///
/// switch (limiter.decide(application, plan.charge())) {
///     case QuotaDecision.Admitted admitted -> forward();
///     case QuotaDecision.Refused refused -> answer429(refused.deciding().limit().name(), refused.retryAtNanos());
/// }
/// ```
///
/// A decision is atomic over all limits of the plan: a request is charged to each that applies, or, refused by one, to
/// none of them. The moment told with a refusal is exact: at that moment the same request is admitted if nothing else
/// has been, and not a tick earlier.
///
/// Time is the ticker's, counted from the epoch if windows are to be aligned to it, else from anything. Whoever has
/// just
/// read that ticker may pass the moment on as an argument; one from another clock harms the key it is told for, and no
/// other. Where time goes back or callers overtake one another, a key takes the latest moment it has seen: nothing is
/// ever granted
/// early, and a clock that was set back stands still for that key until it has caught up.
///
/// A key has one plan at a time. When a charge of another plan comes, limits of the same name keep what has been used
/// of them; what was used of a limit that is no longer in the plan is kept until it would be free, and counts if the
/// limit comes back before. Limits that hold for some requests only belong into
/// the plan with a cost of 0 for the others ([Charge#withCost]).
///
/// On a 64-bit JVM with compressed pointers a key takes, beside itself, 128 bytes for a fixed window, 144 for a token
/// bucket, 160 for a sliding log with a request or two, and 4 for each request that a log holds beyond these, rounded
/// up to the next power of two: 4.2 KB when a thousand are in it. Each further limit adds 40 to 80. `bench/run
/// limits-memory` measures it, `bench/run limits` what a decision costs.
///
/// Keys that are as good as new are forgotten within about a minute, by the calls themselves: each millisecond one of
/// them looks at a few keys. There is no thread and nothing to close. Different keys share no lock, except when a key
/// is seen for the first time (a bin of the hash table). Deciding allocates only for the first request of a key, while
/// its log grows, and where a limit has no room. Thread-safe.
///
/// @param <K> a key with `equals` and `hashCode`
public final class KeyedLimiter<K> {
    private final ConcurrentHashMap<K, KeyMeters> keys = new ConcurrentHashMap<>();
    private final IdleKeyEviction<K> forgetting = new IdleKeyEviction<>(keys);
    private final Ticker ticker;

    /// Decides by the machine's clock, counted from the epoch.
    public KeyedLimiter() {
        this(Ticker.sinceEpoch(InstantSource.system()));
    }

    /// Decides by that clock.
    public KeyedLimiter(Ticker ticker) {
        this.ticker = ticker;
    }

    /// Admits a request and charges it to all limits that apply, or refuses it and says when to come again.
    public QuotaDecision decide(K key, Charge charge) {
        return decide(key, charge, ticker.nanos());
    }

    /// The same at a moment that was just read from the ticker.
    public QuotaDecision decide(K key, Charge charge, long nowNanos) {
        forgetting.proceed(nowNanos);
        while (true) {
            KeyMeters meters = meters(key, charge.plan(), nowNanos);
            QuotaDecision verdict = meters.decide(charge, nowNanos);
            if (verdict != null) {
                return verdict;
            }
            keys.remove(key, meters);
        }
    }

    /// Decides on a request of one of a group: it is charged to all limits of its own and of the group, or to none.
    ///
    /// @param group never a member of another group, nor is a member a group
    public QuotaDecision decide(K member, Charge own, K group, Charge common, long nowNanos) {
        if (member.equals(group)) {
            throw new IllegalArgumentException("a group can't be a member of itself: " + group);
        }
        forgetting.proceed(nowNanos);
        while (true) {
            KeyMeters one = meters(member, own.plan(), nowNanos);
            KeyMeters all = meters(group, common.plan(), nowNanos);
            QuotaDecision verdict = KeyMeters.decide(one, own, all, common, nowNanos);
            if (verdict != null) {
                return verdict;
            }
            // whichever was forgotten: a key that was not is found again as it is
            keys.computeIfPresent(member, (key, meters) -> meters.isForgotten() ? null : meters);
            keys.computeIfPresent(group, (key, meters) -> meters.isForgotten() ? null : meters);
        }
    }

    /// Charges to one limit what a request turned out to cost beyond its charge, room or not. What there is no room for
    /// is a debt: it takes permits as they come back, before any request gets one.
    ///
    /// @param cost at least 1
    /// @throws IllegalArgumentException if the plan has no such limit
    public void owe(K key, QuotaPlan plan, String limit, int cost, long nowNanos) {
        if (cost < 1) {
            throw new IllegalArgumentException("only what is owed can be charged, not " + cost);
        }
        while (true) {
            KeyMeters meters = meters(key, plan, nowNanos);
            if (meters.owe(plan, limit, cost, nowNanos)) {
                return;
            }
            keys.remove(key, meters);
        }
    }

    /// What a key has left of each limit, or would have under that plan. Asking changes nothing.
    public List<RemainingQuota> standing(K key, QuotaPlan plan, long nowNanos) {
        KeyMeters known = keys.get(key);
        @Nullable List<RemainingQuota> standings = known == null ? null : known.standing(plan, nowNanos);
        return standings == null ? new Limiter(plan, nowNanos).standing(plan, nowNanos) : standings;
    }

    /// Forgets every key that is as good as new, at once; needed only where no calls come and memory is wanted back.
    public void forgetIdle(long nowNanos) {
        forgetting.all(nowNanos);
    }

    /// How many keys are remembered.
    public long size() {
        return keys.mappingCount();
    }

    private KeyMeters meters(K key, QuotaPlan plan, long nowNanos) {
        KeyMeters known = keys.get(key);
        if (known != null) {
            return known;
        }
        KeyMeters fresh = new KeyMeters(plan, Math.max(nowNanos, forgetting.latest()));
        KeyMeters first = keys.putIfAbsent(key, fresh);
        return first == null ? fresh : first;
    }
}
