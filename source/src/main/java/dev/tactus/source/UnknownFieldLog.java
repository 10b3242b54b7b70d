package dev.tactus.source;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fields of payloads that their schemas do not know, each logged once. Thread-safe.
final class UnknownFieldLog {
    private static final Logger log = LoggerFactory.getLogger(UnknownFieldLog.class);

    /// More distinct ones than this are data used as field names, not a changed API.
    private static final int MOST = 200;

    private final String source;
    private final Set<String> seen = Collections.synchronizedSet(new TreeSet<>());

    UnknownFieldLog(String source) {
        this.source = source;
    }

    void report(String endpoint, String pattern) {
        String field = endpoint + ": " + pattern;
        if (seen.size() < MOST && seen.add(field)) {
            log.info("{} sends a field that its schema does not know: {}", source, field);
        }
    }

    Set<String> all() {
        synchronized (seen) {
            return Collections.unmodifiableSet(new TreeSet<>(seen));
        }
    }
}
