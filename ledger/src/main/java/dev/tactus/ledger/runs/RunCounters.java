package dev.tactus.ledger.runs;

/// What the calls of a run came to. Tokens are not counted.
///
/// @param requests all calls sent, retries included
/// @param throttled those refused for their rate, disguised refusals included
/// @param retried calls sent again
public record RunCounters(long requests, long throttled, long retried) {
    public static final RunCounters NONE = new RunCounters(0, 0, 0);

    public RunCounters {
        if (requests < 0 || throttled < 0 || retried < 0) {
            throw new IllegalArgumentException(
                    "counters are 0 or more, not " + requests + ", " + throttled + ", " + retried);
        }
    }
}
