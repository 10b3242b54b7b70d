package dev.tactus.limits.metering;

import java.util.List;

/// A server's answer to one request.
public sealed interface QuotaDecision {

    /// Limits on trial that would have refused the request, in the plan's order.
    List<Refusal> shadow();

    /// The request passes and was charged to every limit that applies, but for those in `shadow`.
    record Admitted(List<Refusal> shadow) implements QuotaDecision {
        static final Admitted CLEAR = new Admitted(List.of());

        public Admitted {
            shadow = List.copyOf(shadow);
        }
    }

    /// The request is refused and was charged to no limit, but for those that count refused requests.
    ///
    /// @param retryAtNanos when the same request will be admitted if nothing else comes until then, on the
    /// clock that was passed in: the moment of the deciding limit, or later where counting this refusal has filled
    /// another
    /// @param refusals every limit that refused, in the plan's order; at least one
    record Refused(long retryAtNanos, List<Refusal> refusals, List<Refusal> shadow) implements QuotaDecision {

        public Refused {
            refusals = List.copyOf(refusals);
            shadow = List.copyOf(shadow);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a request is refused by at least one limit");
            }
        }

        /// The limit that decides: the one with the longest wait; of equals the first.
        public Refusal deciding() {
            Refusal latest = refusals.getFirst();
            for (Refusal refusal : refusals) {
                latest = refusal.retryAtNanos() > latest.retryAtNanos() ? refusal : latest;
            }
            return latest;
        }

        /// Time until [#retryAtNanos]; at least a nanosecond.
        public long waitNanos(long nowNanos) {
            return Math.max(1, retryAtNanos - nowNanos);
        }
    }

    /// One limit that had no room.
    ///
    /// @param retryAtNanos the first moment at which it has room for the request if nothing else is charged to it
    /// until then, on the clock that was passed in
    record Refusal(NamedLimit limit, long retryAtNanos) {

        /// Time until [#retryAtNanos]; at least a nanosecond.
        public long waitNanos(long nowNanos) {
            return Math.max(1, retryAtNanos - nowNanos);
        }
    }
}
