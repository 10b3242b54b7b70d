package dev.tactus.ingest;

import dev.tactus.ingest.context.FailpointListener;

/// The end of a process, as far as a test can have one: it is thrown at the chosen moment and at every one after that.
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(FailpointListener.Failpoint step) {
        super("crash at " + step);
    }

    /// Crashes at the n-th of the moments of this kind.
    static FailpointListener at(FailpointListener.Failpoint step, int nth) {
        return new FailpointListener() {
            private int left = nth;
            private boolean crashed;

            @Override
            public synchronized void reached(Failpoint now) {
                if (crashed || (now == step && --left == 0)) {
                    crashed = true;
                    throw new SimulatedCrash(now);
                }
            }
        };
    }

    /// Crashes at the n-th moment of whatever kind.
    static FailpointListener after(int moments) {
        return new FailpointListener() {
            private int left = moments;

            @Override
            public synchronized void reached(Failpoint now) {
                if (--left <= 0) {
                    throw new SimulatedCrash(now);
                }
            }
        };
    }
}
