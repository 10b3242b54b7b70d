package dev.tactus.ingest.catalog;

import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes one recording of the rows that name it: for each field the first row that states it counts, the highest
/// priority wins.
///
/// Rows of repeated recordings are held until the end, up to {@value #MOST_HELD} recordings; of any beyond, the first
/// row is the recording. Not safe for use by several threads.
final class CatalogMerge {
    static final int MOST_HELD = 50_000;

    sealed interface Taken {}

    /// A recording that no other row names, or that can't be held.
    record Single(Recording recording) implements Taken {}

    /// The first row of a repeated recording; it comes with the held ones.
    record First() implements Taken {}

    /// A row of a recording that came before.
    record Repeated(String outcome) implements Taken {}

    private final IsrcSet repeated;
    private final IsrcSet gone = new IsrcSet();
    private final Map<Isrc, Recording> held = new LinkedHashMap<>();

    CatalogMerge(IsrcSet repeated) {
        this.repeated = repeated;
    }

    Taken take(Recording recording) {
        Isrc isrc = recording.isrc();
        if (!repeated.contains(isrc)) {
            return new Single(recording);
        }
        Recording first = held.get(isrc);
        if (first != null) {
            List<String> filled = new ArrayList<>();
            List<String> differs = new ArrayList<>();
            held.put(isrc, merged(first, recording, filled, differs));
            return new Repeated(outcome(filled, differs));
        }
        if (gone.contains(isrc)) {
            return new Repeated("the first row is kept, this one is left out");
        }
        if (held.size() >= MOST_HELD) {
            gone.add(isrc);
            return new Single(recording);
        }
        held.put(isrc, recording);
        return new First();
    }

    Iterator<Recording> held() {
        return held.values().iterator();
    }

    private static Recording merged(Recording a, Recording b, List<String> filled, List<String> differs) {
        Field field = new Field(a, b, filled, differs);
        boolean creditOfB = a.artistCredit() == null && b.artistCredit() != null;
        return new Recording(
                a.isrc(),
                field.of("title", Recording::title),
                creditOfB ? b.artists() : a.artists(),
                field.of("artists", Recording::artistCredit),
                field.of("duration_ms", Recording::durationMs),
                field.of("upc", Recording::upc),
                field.of("explicit", Recording::explicit),
                field.of("label", Recording::label),
                field.of("release_date", Recording::releaseDate),
                field.territories(),
                Math.max(a.priority(), b.priority()));
    }

    private static String outcome(List<String> filled, List<String> differs) {
        String outcome =
                differs.isEmpty() ? "nothing in it differs" : "kept as first stated: " + String.join(", ", differs);
        return filled.isEmpty() ? outcome : outcome + "; taken from this row: " + String.join(", ", filled);
    }

    private record Field(Recording a, Recording b, List<String> filled, List<String> differs) {
        <T> @Nullable T of(String name, Function<Recording, @Nullable T> value) {
            T first = value.apply(a);
            T second = value.apply(b);
            if (first == null) {
                if (second != null) {
                    filled.add(name);
                }
                return second;
            }
            if (second != null && !second.equals(first)) {
                differs.add(name);
            }
            return first;
        }

        List<String> territories() {
            if (a.territories().isEmpty() && !b.territories().isEmpty()) {
                filled.add("territories");
                return b.territories();
            }
            if (!b.territories().isEmpty() && !b.territories().equals(a.territories())) {
                differs.add("territories");
            }
            return a.territories();
        }
    }
}
