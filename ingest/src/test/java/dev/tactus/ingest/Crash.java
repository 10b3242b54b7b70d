package dev.tactus.ingest;

/// The end of a process, as far as a test can have one: it is thrown at the chosen moment and at every one after that.
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(Steps.Step step) {
        super("crash at " + step);
    }

    /// Crashes at the n-th of the moments of this kind.
    static Steps at(Steps.Step step, int nth) {
        return new Steps() {
            private int left = nth;
            private boolean crashed;

            @Override
            public synchronized void reached(Step now) {
                if (crashed || (now == step && --left == 0)) {
                    crashed = true;
                    throw new Crash(now);
                }
            }
        };
    }

    /// Crashes at the n-th moment of whatever kind.
    static Steps after(int moments) {
        return new Steps() {
            private int left = moments;

            @Override
            public synchronized void reached(Step now) {
                if (--left <= 0) {
                    throw new Crash(now);
                }
            }
        };
    }
}
