package dev.tactus.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds who may use whom among the rooms. The table here is the one of the README's architecture section.
class RoomsTest {
    private static final Map<String, Set<String>> MAY_USE = mayUse();
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "digest", Set.of(), "limits", Set.of(), "music", Set.of(), "settings", Set.of("org.snakeyaml.engine.."));
    private static final JavaClasses HOUSE = ProductClasses.ALL;

    @ParameterizedTest
    @MethodSource("rooms")
    void usesNoRoomButThoseItMayUse(String room) {
        onlyUses(room, row(MAY_USE, room)).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("roomsWithoutLibraries")
    void usesNoLibraryButTheJdk(String room) {
        onlyUsesLibraries(room, row(LIBRARIES, room)).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void hasClasses(String room) {
        assertThat(HOUSE.stream()
                        .filter(c -> c.getPackageName().startsWith("dev.tactus." + room))
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .map(JavaClass::getName))
                .isNotEmpty();
    }

    @Test
    void nobodyUsesTheBench() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tactus.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tactus.bench..")
                .check(HOUSE);
    }

    /// It repeats requests on its own, and each would count against a limit (docs/adr/0003-apache-httpclient.md).
    @Test
    void nobodyUsesTheHttpClientOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(HOUSE);
    }

    @Test
    void everyClassLivesInARoom() {
        String[] rooms = rooms().map(room -> "dev.tactus." + room + "..").toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(HOUSE);
    }

    @Test
    void findsARoomThatUsesWhatItMayNot() {
        assertThat(onlyUses("source", Set.of("limits", "settings"))
                        .evaluate(HOUSE)
                        .hasViolation())
                .as("source uses music; a table without it must be refused")
                .isTrue();
        assertThat(onlyUsesLibraries("settings", Set.of()).evaluate(HOUSE).hasViolation())
                .as("settings uses a YAML parser; a table without it must be refused")
                .isTrue();
    }

    @Test
    void knowsEveryModuleOfTheBuild() throws Exception {
        List<String> modules = Pattern.compile("<module>(\\w+)</module>")
                .matcher(Files.readString(Path.of("..", "pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(module ->
                        !Set.of("bench", "adapters", "addons", "servers").contains(module)) // no rooms
                .toList();
        assertThat(modules).isNotEmpty().containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    private static ArchRule onlyUses(String room, Set<String> mayUse) {
        String[] others = Stream.concat(rooms(), Stream.of("bench"))
                .filter(other -> !other.equals(room) && !mayUse.contains(other))
                .map(other -> "dev.tactus." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("dev.tactus." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private static ArchRule onlyUsesLibraries(String room, Set<String> libraries) {
        List<String> allowed = new ArrayList<>(libraries);
        allowed.addAll(
                List.of("java..", "jdk.jfr..", "org.jspecify..", "org.slf4j..", "dev.tactus.." /* held above */));
        return classes()
                .that()
                .resideInAPackage("dev.tactus." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    private static Set<String> row(Map<String, Set<String>> table, String room) {
        return Objects.requireNonNull(table.get(room), room);
    }

    private static Stream<String> rooms() {
        return MAY_USE.keySet().stream();
    }

    private static Stream<String> roomsWithoutLibraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    private static Map<String, Set<String>> mayUse() {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        table.put("digest", Set.of());
        table.put("limits", Set.of());
        table.put("music", Set.of());
        table.put("settings", Set.of());
        table.put("http", Set.of());
        table.put("webhook", Set.of("http"));
        table.put("source", Set.of("digest", "limits", "music", "settings", "http"));
        table.put("database", Set.of());
        table.put("ledger", Set.of("digest", "limits", "music", "database"));
        table.put("lake", Set.of("digest", "music"));
        table.put("ingest", Set.of("digest", "limits", "music", "source", "database", "ledger", "lake", "webhook"));
        table.put("reconcile", Set.of("digest", "music", "settings", "database", "ledger", "lake"));
        table.put("gateway", Set.of("digest", "limits", "settings", "http", "database", "webhook"));
        table.put("reports", Set.of("digest", "music", "settings", "database", "ledger", "lake"));
        table.put("simulator", Set.of("limits", "music", "settings"));
        table.put("serve", Set.of("digest", "limits", "settings", "database", "webhook"));
        table.put("console", Set.copyOf(table.keySet()));
        return table;
    }
}
