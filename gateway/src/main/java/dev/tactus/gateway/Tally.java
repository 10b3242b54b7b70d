package dev.tactus.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up counts of the same application and minute, so that keeping them for long takes no more room than writing
/// them.
final class Tally {
    private Tally() {}

    static List<Counted> together(List<Counted> some, List<Counted> more) {
        if (some.isEmpty()) {
            return more;
        }
        Map<Key, Counted> sums = new LinkedHashMap<>();
        some.forEach(each -> sums.merge(Key.of(each), each, Tally::sum));
        more.forEach(each -> sums.merge(Key.of(each), each, Tally::sum));
        return new ArrayList<>(sums.values());
    }

    private static Counted sum(Counted one, Counted other) {
        List<CountedLimit> limits = new ArrayList<>();
        for (int i = 0; i < one.limits().size(); i++) {
            CountedLimit first = one.limits().get(i);
            CountedLimit second = other.limits().get(i);
            limits.add(new CountedLimit(
                    first.limit(),
                    first.charged() + second.charged(),
                    first.refused() + second.refused(),
                    first.shadowed() + second.shadowed()));
        }
        return new Counted(
                one.application(),
                one.minute(),
                one.admitted() + other.admitted(),
                one.refused() + other.refused(),
                one.turnedAway() + other.turnedAway(),
                limits);
    }

    /// Under equal limits only, as figures of others can't be added up.
    private record Key(String application, long minute, List<MeteredLimit> limits) {
        static Key of(Counted counted) {
            return new Key(
                    counted.application(),
                    counted.minute(),
                    counted.limits().stream().map(CountedLimit::limit).toList());
        }
    }
}
