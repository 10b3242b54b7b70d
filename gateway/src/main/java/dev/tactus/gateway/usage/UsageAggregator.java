package dev.tactus.gateway.usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up counts of the same application and minute, so that keeping them for long takes no more room than writing
/// them.
public final class UsageAggregator {
    private UsageAggregator() {}

    public static List<MinuteUsage> together(List<MinuteUsage> some, List<MinuteUsage> more) {
        if (some.isEmpty()) {
            return more;
        }
        Map<Key, MinuteUsage> sums = new LinkedHashMap<>();
        some.forEach(each -> sums.merge(Key.of(each), each, UsageAggregator::sum));
        more.forEach(each -> sums.merge(Key.of(each), each, UsageAggregator::sum));
        return new ArrayList<>(sums.values());
    }

    private static MinuteUsage sum(MinuteUsage one, MinuteUsage other) {
        List<LimitCounts> limits = new ArrayList<>();
        for (int i = 0; i < one.limits().size(); i++) {
            LimitCounts first = one.limits().get(i);
            LimitCounts second = other.limits().get(i);
            limits.add(new LimitCounts(
                    first.limit(),
                    first.charged() + second.charged(),
                    first.refused() + second.refused(),
                    first.shadowed() + second.shadowed()));
        }
        return new MinuteUsage(
                one.application(),
                one.minute(),
                one.admitted() + other.admitted(),
                one.refused() + other.refused(),
                one.turnedAway() + other.turnedAway(),
                limits);
    }

    /// Under equal limits only, as figures of others can't be added up.
    private record Key(String application, long minute, List<MeteredLimit> limits) {
        static Key of(MinuteUsage counted) {
            return new Key(
                    counted.application(),
                    counted.minute(),
                    counted.limits().stream().map(LimitCounts::limit).toList());
        }
    }
}
