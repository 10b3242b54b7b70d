package dev.tactus.limits.metering;

/// One limit of a plan.
///
/// @param name tells it from the plan's other limits; what a key has used is kept by this name
/// @param enforcement whether it refuses or only says that it would have
/// @param refused whether requests that were refused count
public record NamedLimit(String name, LimitKind kind, Enforcement enforcement, RefusedRequests refused) {

    /// Whether a limit that is used up has a say.
    public enum Enforcement {
        /// It refuses.
        ENFORCED,
        /// It counts what passes and tells what it would have refused, for a trial before it is enforced.
        SHADOW
    }

    /// What becomes of requests that were refused, by whichever limit of the plan.
    public enum RefusedRequests {
        /// They are charged to no limit.
        FREE,
        /// They use this limit up like any other request. A token bucket gives what it has and goes into no debt.
        COUNTED
    }

    public NamedLimit {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a limit needs a name");
        }
    }

    /// An enforced limit to which refused requests are not charged.
    public static NamedLimit of(String name, LimitKind kind) {
        return new NamedLimit(name, kind, Enforcement.ENFORCED, RefusedRequests.FREE);
    }

    /// The same limit on trial.
    public NamedLimit inShadow() {
        return new NamedLimit(name, kind, Enforcement.SHADOW, refused);
    }

    /// The same limit, counting refused requests too.
    public NamedLimit countingRefused() {
        return new NamedLimit(name, kind, enforcement, RefusedRequests.COUNTED);
    }

    boolean isShadow() {
        return enforcement == Enforcement.SHADOW;
    }

    boolean countsRefused() {
        return refused == RefusedRequests.COUNTED;
    }
}
