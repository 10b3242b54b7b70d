package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the packages inside the rooms against docs/rooms.md: who may use whom, what a room offers to others, and how
/// types are called.
class HouseTest {
    private static final int MOST_TYPES_IN_A_PACKAGE = 25;

    /// Names in -ing that are no running thing, each with its reason.
    private static final Map<String, String> NOUNS_IN_ING = Map.of(
            "Ceiling", "the number that a server allows",
            "ContendedCeiling", "a ceiling that others use up, too",
            "ProbedCeiling", "a ceiling that is being tried out",
            "SettledCeiling", "a ceiling that is known",
            "Recording", "a sound recording, what an ISRC names",
            "SaleRecording", "the recording that a sale is of");

    /// Names that stand twice, each with its reason.
    private static final Map<String, String> NAMES_THAT_STAND_TWICE = Map.of();

    private static final JavaClasses HOUSE = ProductClasses.ALL;
    private static final Map<String, Row> TABLE = table();

    /// A row of docs/rooms.md.
    ///
    /// @param name a package below `dev.tactus`
    /// @param offered whether other rooms may use its types
    /// @param mayUse packages of the same room
    private record Row(String name, boolean offered, String subject, Set<String> mayUse) {}

    @Test
    void everyPackageHasARowAndEveryRowAPackage() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        types().map(HouseTest::packageOf).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void packagesUseOnlyThoseOfTheirRoomThatTheTableAllows() {
        Set<String> refused = new TreeSet<>();
        eachUse((from, to, use) -> {
            if (roomOf(from).equals(roomOf(to))
                    && !from.equals(to)
                    && !row(from).mayUse.contains(to)) {
                refused.add(from + " must not use " + to + ": " + use);
            }
        });
        assertThat(refused).isEmpty();
    }

    @Test
    void everyArrowOfTheTableIsUsed() {
        Map<String, Set<String>> used = new TreeMap<>();
        eachUse((from, to, use) ->
                used.computeIfAbsent(from, key -> new HashSet<>()).add(to));
        Set<String> unused = new TreeSet<>();
        TABLE.values()
                .forEach(row -> row.mayUse.stream()
                        .filter(target -> !used.getOrDefault(row.name, Set.of()).contains(target))
                        .forEach(target -> unused.add(row.name + " -> " + target)));
        assertThat(unused).isEmpty();
    }

    @Test
    void theTableHasNoCircle() {
        Map<String, Set<String>> open = new TreeMap<>();
        TABLE.values().forEach(row -> open.put(row.name, new HashSet<>(row.mayUse)));
        while (true) {
            Set<String> grounded = open.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (grounded.isEmpty()) {
                break;
            }
            open.keySet().removeAll(grounded);
            open.values().forEach(uses -> uses.removeAll(grounded));
        }
        assertThat(open).as("packages in a circle").isEmpty();
    }

    @Test
    void otherRoomsUseOnlyWhatARoomOffers() {
        Set<String> refused = new TreeSet<>();
        eachUse((from, to, use) -> {
            if (!roomOf(from).equals(roomOf(to)) && !row(to).offered) {
                refused.add(from + " must not use " + to + ", which its room does not offer: " + use);
            }
        });
        assertThat(refused).isEmpty();
    }

    @Test
    void noPackageIsCrowded() {
        Map<String, Long> crowded = types().collect(Collectors.groupingBy(HouseTest::packageOf, Collectors.counting()));
        crowded.values().removeIf(count -> count <= MOST_TYPES_IN_A_PACKAGE);
        assertThat(crowded).isEmpty();
    }

    @Test
    void packageInfosSayWhatTheTableSays() throws IOException {
        for (Row row : TABLE.values()) {
            Path file = Path.of("..", roomOf(row.name), "src", "main", "java", "dev", "tactus")
                    .resolve(row.name.replace('.', '/'))
                    .resolve("package-info.java");
            assertThat(Files.exists(file)).as("%s is missing", file).isTrue();
            assertThat(sentence(Files.readString(file))).as(row.name).isEqualTo(row.subject);
        }
    }

    @Test
    void noNameStandsTwice() {
        Map<String, List<String>> byName = new TreeMap<>();
        types().forEach(type -> byName.computeIfAbsent(type.getSimpleName(), key -> new ArrayList<>())
                .add(type.getName()));
        byName.values().removeIf(types -> types.size() == 1);
        assertThat(NAMES_THAT_STAND_TWICE).hasSizeLessThanOrEqualTo(10);
        assertThat(byName.keySet()).as("%s", byName).isEqualTo(NAMES_THAT_STAND_TWICE.keySet());
    }

    @Test
    void namesInIngRun() {
        Set<String> found = types().filter(type -> type.getSimpleName().endsWith("ing"))
                .filter(type -> !type.isAssignableTo(Runnable.class))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(NOUNS_IN_ING.keySet()));
    }

    private interface Use {
        void see(String from, String to, Dependency use);
    }

    private static void eachUse(Use seen) {
        for (JavaClass type : HOUSE) {
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                JavaClass target = use.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.tactus.")) {
                    seen.see(packageOf(type), packageOf(target), use);
                }
            }
        }
    }

    /// All types of the house that stand in no other.
    private static Stream<JavaClass> types() {
        return HOUSE.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring("dev.tactus.".length());
    }

    private static String roomOf(String packageName) {
        return packageName.split("\\.", 2)[0];
    }

    private static Row row(String packageName) {
        return Objects.requireNonNull(TABLE.get(packageName), packageName + " has no row in docs/rooms.md");
    }

    /// The first paragraph of a package's documentation, on one line.
    private static String sentence(String packageInfo) {
        return packageInfo
                .lines()
                .takeWhile(line -> line.startsWith("///") && !line.strip().equals("///"))
                .map(line -> line.substring(3).strip())
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Row> table() {
        try {
            Map<String, Row> table = new LinkedHashMap<>();
            Pattern.compile("^\\| `([a-z.]+)` \\|([^|\n]*)\\|([^|\n]*)\\|([^|\n]*)\\|$", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("..", "docs", "rooms.md")))
                    .results()
                    .map(HouseTest::row)
                    .forEach(row -> assertThat(table.put(row.name, row)).isNull());
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(MatchResult cells) {
        String room = roomOf(cells.group(1));
        Set<String> mayUse = Arrays.stream(cells.group(4).replace("`", "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.equals(room) ? name : room + "." + name)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Row(
                cells.group(1),
                cells.group(3).strip().equals("yes"),
                cells.group(2).strip(),
                mayUse);
    }
}
