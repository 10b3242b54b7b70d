package dev.tactus.source;

import java.util.concurrent.atomic.LongAdder;

/// What a source counts over its life. Thread-safe.
record RequestCounters(LongAdder requests, LongAdder throttled, LongAdder retried) {

    RequestCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }
}
