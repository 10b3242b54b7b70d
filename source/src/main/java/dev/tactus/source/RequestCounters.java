package dev.tactus.source;

import dev.tactus.limits.ScopeReport;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Counts the requests of a source over its life. Thread-safe.
final class RequestCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder retried = new LongAdder();

    void countRequest(boolean retry) {
        requests.increment();
        if (retry) {
            retried.increment();
        }
    }

    void countThrottled() {
        throttled.increment();
    }

    SourceReport report(List<ScopeReport> scopes) {
        return new SourceReport(requests.sum(), throttled.sum(), retried.sum(), scopes);
    }
}
