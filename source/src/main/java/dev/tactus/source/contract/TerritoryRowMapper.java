package dev.tactus.source.contract;

import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.source.response.TrackOutcome;
import java.time.LocalDate;
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
/// @param items where the rows stand, a list or an object; the item itself is the one row where empty
/// @param where how a row tells its territory
/// @param failed present in a territory the DSP could not report
/// @param day where rows of several days tell theirs; those of other days are left out
/// @param otherDays what it means that no row is of the day
public record TerritoryRowMapper(
        Optional<JsonPointer> items,
        Where where,
        JsonPointer count,
        Optional<JsonPointer> failed,
        Optional<JsonPointer> day,
        OtherDays otherDays,
        Optional<DemographicMapper> demographics) {

    private static final String WORLD = Territory.WORLDWIDE.code();

    /// How a row tells its territory.
    public sealed interface Where {
        /// By a field.
        record Field(JsonPointer pointer) implements Where {}

        /// By the name that it has in the object of all rows.
        record Name() implements Where {}

        /// Not at all: all rows are of this one.
        record Fixed(String territory) implements Where {}
    }

    /// What it means that no row is of the day.
    public enum OtherDays {
        /// It is not published yet.
        PENDING,
        /// There is nothing to say of it.
        EMPTY
    }

    /// Where the demographics of a territory stand.
    public record DemographicMapper(JsonPointer items, JsonPointer age, JsonPointer gender, JsonPointer count) {}

    TrackOutcome read(JsonNode item, String at, Dataset dataset, LocalDate asked) {
        Rows rows = new Rows(at + items.map(JsonPointer::toString).orElse("") + "/");
        JsonNode all = items.map(item::at).orElse(item);
        if (items.isEmpty()) {
            rows.add(item, "", at);
        } else if (all.isObject()) {
            all.properties().forEach(row -> rows.add(row.getValue(), row.getKey(), rows.at + row.getKey()));
        } else {
            int index = 0;
            for (JsonNode row : all) {
                if (ofDay(row, asked)) {
                    rows.add(row, "", rows.at + index);
                }
                index++;
            }
        }
        if (day.isPresent() && rows.isEmpty() && otherDays == OtherDays.PENDING) {
            return new TrackOutcome.Pending();
        }
        rows.keepTheWorldApart();
        return outcome(rows, dataset);
    }

    TrackOutcome empty(Dataset dataset) {
        return outcome(new Rows(""), dataset);
    }

    private TrackOutcome outcome(Rows rows, Dataset dataset) {
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

    /// A day may have a time of day behind it.
    private boolean ofDay(JsonNode row, LocalDate asked) {
        return day.isEmpty()
                || JsonFields.text(row.at(day.get()))
                        .filter(text -> text.startsWith(asked.toString()))
                        .isPresent();
    }

    private String territory(JsonNode row, String name, String place) {
        return switch (where) {
            case Where.Field(JsonPointer pointer) -> JsonFields.requireText(row, pointer, place);
            case Where.Name() -> name;
            case Where.Fixed(String territory) -> territory;
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

        boolean isEmpty() {
            return counts.isEmpty() && failures.isEmpty();
        }

        void add(JsonNode row, String name, String place) {
            String where = named(territory(row, name, place));
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
