package dev.tactus.reconcile.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an audit has looked at so far. Used by one thread.
final class AuditScope {
    private final List<String> proven = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<String> unverified = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /// The lines about what is right, to be added to.
    List<String> proven() {
        return proven;
    }

    List<String> unfinished() {
        return unfinished;
    }

    void proven(String line) {
        proven.add(line);
    }

    void unfinished(String line) {
        unfinished.add(line);
    }

    /// What nobody can prove any more, or ever could; no difference, but not the whole either.
    void unverified(Optional<String> line) {
        line.ifPresent(unverified::add);
    }

    /// What was let go on the record, and can't be compared any more.
    void released(String line) {
        released.add(line);
    }

    /// Counts what was looked at.
    ///
    /// @param what in the plural
    void looked(String what, long number) {
        counts.merge(what, number, Long::sum);
    }

    /// All of it in a sentence.
    String lookedAt() {
        return counts.entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "))
                + (unverified.isEmpty() ? "" : "; never verified: " + String.join("; ", unverified))
                + (released.isEmpty() ? "" : "; no longer provable: " + String.join("; ", released));
    }
}
