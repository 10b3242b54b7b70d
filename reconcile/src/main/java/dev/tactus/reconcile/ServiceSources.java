package dev.tactus.reconcile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Which services of reports are which API sources: "Spotify", "SPOTIFY " and "spotify" are one name.
///
/// A service that is no source has reports and no API; it is reconciled under its own folded name.
public final class ServiceSources {
    private final Map<String, String> sourceByService = new LinkedHashMap<>();
    private final SequencedSet<String> sources;

    /// @param servicesBySource what reports call each source, its own name included if it is to count
    /// @throws IllegalArgumentException if two sources claim one service
    public ServiceSources(Map<String, ? extends List<String>> servicesBySource) {
        this.sources = new LinkedHashSet<>(servicesBySource.keySet());
        servicesBySource.forEach((source, services) -> services.forEach(service -> {
            String folded = fold(service);
            String other = sourceByService.putIfAbsent(folded, source);
            if (other != null && !other.equals(source)) {
                throw new IllegalArgumentException("the sources " + other + " and " + source
                        + " both claim the reports of \"" + service + "\": say in reports_as whose they are");
            }
        }));
    }

    /// The source whose usage a report's service tells of.
    public Optional<String> source(String service) {
        return Optional.ofNullable(sourceByService.get(fold(service)));
    }

    /// The name that usage of this service is reconciled under: its source's, or its own, folded.
    public String name(String service) {
        return source(service).orElseGet(() -> fold(service));
    }

    /// The sources' names.
    public SequencedSet<String> sources() {
        return Collections.unmodifiableSequencedSet(sources);
    }

    /// What reports call a source, folded and sorted.
    public List<String> of(String source) {
        return sourceByService.entrySet().stream()
                .filter(entry -> entry.getValue().equals(source))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// Source by folded service.
    public Map<String, String> bySource() {
        return Collections.unmodifiableMap(sourceByService);
    }

    /// Lower case, letters and digits only.
    public static String fold(String service) {
        StringBuilder kept = new StringBuilder();
        service.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
