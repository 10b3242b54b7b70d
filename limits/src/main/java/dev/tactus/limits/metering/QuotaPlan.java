package dev.tactus.limits.metering;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The limits that hold together for a key; a request is charged to all of them or to none.
///
/// Plans with equal limits in the same order are equal. Immutable.
public final class QuotaPlan {
    private final List<NamedLimit> limits;
    private final Charge oneEach;

    private QuotaPlan(List<NamedLimit> limits) {
        this.limits = List.copyOf(limits);
        Set<String> names = new HashSet<>();
        for (NamedLimit limit : limits) {
            if (!names.add(limit.name())) {
                throw new IllegalArgumentException("two limits of a plan are called \"" + limit.name() + "\"");
            }
        }
        int[] costs = new int[limits.size()];
        Arrays.fill(costs, 1);
        oneEach = new Charge(this, costs);
    }

    /// A plan of these limits; without any it admits everything.
    ///
    /// @throws IllegalArgumentException if two have the same name
    public static QuotaPlan of(List<NamedLimit> limits) {
        return new QuotaPlan(limits);
    }

    /// A plan of these limits; without any it admits everything.
    ///
    /// @throws IllegalArgumentException if two have the same name
    public static QuotaPlan of(NamedLimit... limits) {
        return new QuotaPlan(List.of(limits));
    }

    public List<NamedLimit> limits() {
        return limits;
    }

    /// The charge of an ordinary request: 1 to each limit. [Charge#withCost] makes others of it; they are best
    /// made once and kept.
    public Charge charge() {
        return oneEach;
    }

    /// The place of the limit with that name.
    int indexOf(String name) {
        for (int at = 0; at < limits.size(); at++) {
            if (limits.get(at).name().equals(name)) {
                return at;
            }
        }
        throw new IllegalArgumentException("the plan has no limit called \"" + name + "\", only "
                + limits.stream().map(NamedLimit::name).toList());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof QuotaPlan plan && plan.limits.equals(limits));
    }

    @Override
    public int hashCode() {
        return limits.hashCode();
    }

    @Override
    public String toString() {
        return limits.toString();
    }
}
