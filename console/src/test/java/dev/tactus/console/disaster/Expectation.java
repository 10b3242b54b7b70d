package dev.tactus.console.disaster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a lake has to hold of what the service gave and of the statements that were imported.
///
/// Known is what was read from the lake after a command, and what a command promised by its exit code: both may only
/// become more, and newer, until a backup is brought back.
final class Expectation {
    /// The revision of each cell that was seen last, by table, recording, territory and day.
    private final Map<String, Integer> seen;
    private final Set<Integer> imported;
    private final Set<Integer> perhaps;

    Expectation() {
        this(Map.of(), Set.of(), Set.of());
    }

    private Expectation(Map<String, Integer> seen, Set<Integer> imported, Set<Integer> perhaps) {
        this.seen = new TreeMap<>(seen);
        this.imported = new TreeSet<>(imported);
        this.perhaps = new TreeSet<>(perhaps);
    }

    /// The same, for the time when a backup that was made now is brought back.
    Expectation copy() {
        return new Expectation(seen, imported, perhaps);
    }

    void imported(int statement) {
        imported.add(statement);
        perhaps.remove(statement);
    }

    /// An import whose end nobody saw.
    void perhaps(int statement) {
        if (!imported.contains(statement)) {
            perhaps.add(statement);
        }
    }

    boolean isImported(int statement) {
        return imported.contains(statement);
    }

    /// Compares, and takes what is there for known.
    ///
    /// @param complete days of which everything has to be there
    /// @param newest days of which it has to be the newest
    /// @return what is wrong
    List<String> compare(LakeContent found, ScriptedSource source, Set<LocalDate> complete, Set<LocalDate> newest) {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> now = new HashMap<>();
        for (LakeContent.Cell cell : found.cells()) {
            int revision = source.revision(cell.kind(), cell.isrc(), cell.territory(), cell.day(), cell.count());
            if (revision < 0) {
                wrong.add("the service never gave " + cell);
            }
            if (now.put(cell.key(), revision) != null) {
                wrong.add("twice: " + cell);
            }
            if (revision < seen.getOrDefault(cell.key(), 0)) {
                wrong.add("older than it was: " + cell);
            }
            if (newest.contains(cell.day()) && revision != source.revision(cell.day())) {
                wrong.add("older than what was fetched: " + cell);
            }
        }
        seen.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> wrong.add("lost: " + key));
        for (LocalDate day : complete) {
            for (String kind : List.of("streams", "listeners")) {
                for (String isrc : source.isrcs()) {
                    for (String territory : ScriptedSource.TERRITORIES) {
                        String key = LakeContent.key(kind, isrc, territory, day);
                        if (!now.containsKey(key)) {
                            wrong.add("missing: " + key);
                        }
                    }
                }
            }
        }
        halves(found, wrong);
        sales(found, wrong);
        if (wrong.isEmpty()) {
            seen.putAll(now);
        }
        return wrong;
    }

    /// The sum of the streams that were seen.
    long streams() {
        return seen.entrySet().stream()
                .filter(cell -> cell.getKey().startsWith("streams "))
                .mapToLong(cell -> ScriptedSource.count(cell.getKey(), cell.getValue()))
                .sum();
    }

    /// What a statement may have sold: all of it or nothing, and which of the two where that is known.
    Set<Long> sold(int statement) {
        long all = Statement.quantities(statement).stream()
                .mapToLong(Long::longValue)
                .sum();
        if (imported.contains(statement)) {
            return Set.of(all);
        }
        return perhaps.contains(statement) ? Set.of(0L, all) : Set.of(0L);
    }

    /// A run is visible in all its tables or in none: every recording that has streams of a day has listeners of it.
    private static void halves(LakeContent found, List<String> wrong) {
        Map<String, Set<String>> kinds = new HashMap<>();
        for (LakeContent.Cell cell : found.cells()) {
            kinds.computeIfAbsent(cell.isrc() + " " + cell.day(), _ -> new TreeSet<>())
                    .add(cell.kind());
        }
        kinds.forEach((recording, has) -> {
            if (has.size() != 2) {
                wrong.add("by half: " + recording + " has " + has);
            }
        });
    }

    private void sales(LakeContent found, List<String> wrong) {
        Map<Integer, List<Long>> statements = new TreeMap<>();
        for (long quantity : found.quantities()) {
            statements
                    .computeIfAbsent(Statement.of(quantity), _ -> new ArrayList<>())
                    .add(quantity);
        }
        statements.forEach((statement, quantities) -> {
            if (!imported.contains(statement) && !perhaps.contains(statement)) {
                wrong.add("sales that nobody imported: " + quantities);
            } else if (!quantities.equals(Statement.quantities(statement))) {
                wrong.add("statement " + statement + " is not what was imported: " + quantities);
            }
        });
        imported.stream()
                .filter(statement -> !statements.containsKey(statement))
                .forEach(statement -> wrong.add("lost: statement " + statement));
        if (wrong.isEmpty()) {
            Set<Integer> there = new HashSet<>(statements.keySet());
            there.retainAll(perhaps);
            imported.addAll(there);
            perhaps.clear();
        }
    }
}
