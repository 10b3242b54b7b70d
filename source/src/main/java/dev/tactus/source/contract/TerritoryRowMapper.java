package dev.tactus.source.contract;

import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where the rows of an item stand: one for each territory, each with its demographics.
///
/// The world beside its countries is their sum said once more, and left out: only where it stands alone does it count.
/// A row that comes twice with the same numbers counts once; with different numbers the item is against
/// the contract.
///
/// @param failed present in a territory the DSP could not report
public record TerritoryRowMapper(
        JsonPointer items,
        JsonPointer territory,
        JsonPointer count,
        Optional<JsonPointer> failed,
        Optional<DemographicMapper> demographics) {

    private static final String WORLD = Territory.WORLDWIDE.code();

    /// Where the demographics of a territory stand.
    public record DemographicMapper(JsonPointer items, JsonPointer age, JsonPointer gender, JsonPointer count) {}

    TrackOutcome read(JsonNode item, String at, Dataset dataset) {
        Rows rows = new Rows(at + items + "/");
        int index = 0;
        for (JsonNode row : item.at(items)) {
            rows.add(row, index++);
        }
        rows.keepTheWorldApart();
        return switch (dataset) {
            case STREAMS ->
                new TrackOutcome.Streams(
                        rows.list((place, number) -> new StreamCount(place, number)), List.copyOf(rows.failures));
            case LISTENERS ->
                new TrackOutcome.Listeners(
                        rows.list((place, number) -> new ListenerCount(place, number)),
                        List.copyOf(rows.people.values()),
                        List.copyOf(rows.failures));
            case TRACKS -> throw new IllegalStateException("tracks have no rows");
        };
    }

    /// Makes a row of a territory and its number.
    private interface Row<T> {
        T of(String territory, long number);
    }

    /// Tells demographics of one item apart.
    private record Person(String territory, String age, String gender) {}

    /// The rows of one item while they are read.
    private final class Rows {
        private final String at;
        private final Map<String, Long> counts = LinkedHashMap.newLinkedHashMap(64);
        private final Map<Person, Demographic> people = new LinkedHashMap<>();
        private final Set<String> failures = new LinkedHashSet<>();

        Rows(String at) {
            this.at = at;
        }

        void add(JsonNode row, int index) {
            String place = at + index;
            String where = named(JsonFields.requireText(row, territory, place));
            boolean fails = failed.isPresent() && present(row.at(failed.get()));
            if (fails) {
                failures.add(where);
            } else {
                long number = JsonFields.requireCount(row, count, place);
                Long other = counts.putIfAbsent(where, number);
                if (other != null && other != number) {
                    throw twice(place + count, where, other, number);
                }
                demographics.ifPresent(mapping -> addPeople(mapping, row, where, place));
            }
            if (failures.contains(where) && counts.containsKey(where)) {
                throw new ContractViolation(place, "duplicate", where + " comes both with a count and as failed");
            }
        }

        private void addPeople(DemographicMapper mapping, JsonNode row, String where, String place) {
            int index = 0;
            for (JsonNode person : row.at(mapping.items)) {
                String here = place + mapping.items + "/" + index++;
                Person key = new Person(
                        where,
                        JsonFields.requireText(person, mapping.age, here),
                        JsonFields.requireText(person, mapping.gender, here));
                long number = JsonFields.requireCount(person, mapping.count, here);
                Demographic other = people.putIfAbsent(key, new Demographic(where, key.age, key.gender, number));
                if (other != null && other.listeners() != number) {
                    throw twice(
                            here + mapping.count, where + " " + key.age + " " + key.gender, other.listeners(), number);
                }
            }
        }

        /// Otherwise whoever adds up the territories would count everything twice.
        void keepTheWorldApart() {
            boolean countries =
                    counts.size() + failures.size() > 1 || !(counts.containsKey(WORLD) || failures.contains(WORLD));
            if (countries) {
                counts.remove(WORLD);
                failures.remove(WORLD);
                people.keySet().removeIf(person -> person.territory.equals(WORLD));
            }
        }

        <T> List<T> list(Row<T> row) {
            List<T> list = new ArrayList<>(counts.size());
            counts.forEach((where, number) -> list.add(row.of(where, number)));
            return list;
        }
    }

    /// The world has several names, and is one territory.
    private static String named(String territory) {
        return territory.length() > 2 && Territory.parse(territory).equals(Territory.WORLDWIDE) ? WORLD : territory;
    }

    private static boolean present(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static ContractViolation twice(String pointer, String what, long one, long other) {
        return new ContractViolation(pointer, "duplicate", what + " comes twice: " + one + " and " + other);
    }
}
