package dev.tactus.console;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Holds that `--json` has the same keys in the same order in every run of the program.
class JsonKeyOrderTest {
    @TempDir
    Path folder;

    @Test
    void fieldsStandInTheOrderInWhichTheyWerePut() {
        JsonObject object = new JsonObject();
        for (int i = 20; i > 0; i--) {
            object.put("key" + i, i);
        }

        assertThat(JsonWriter.write(object)).startsWith("{\"key20\":20,\"key19\":19,\"key18\":18,");
    }

    /// The order of `Map.of` differs from one run of the JVM to the next; a test of one run can't see that.
    @Test
    void mapsWithoutAnOrderAreSortedAndMapsWithOneKeepIt() {
        Map<String, Object> unordered = new HashMap<>();
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (String key : List.of("zulu", "yankee", "xray", "whiskey", "victor", "uniform")) {
            unordered.put(key, 1);
            ordered.put(key, 1);
        }

        assertThat(JsonWriter.write(JsonObject.of("inner", unordered)))
                .isEqualTo("{\"inner\":{\"uniform\":1,\"victor\":1,\"whiskey\":1,\"xray\":1,\"yankee\":1,\"zulu\":1}}");
        assertThat(JsonWriter.write(new JsonObject().putAll(ordered)))
                .isEqualTo("{\"zulu\":1,\"yankee\":1,\"xray\":1,\"whiskey\":1,\"victor\":1,\"uniform\":1}");
    }

    @Test
    void noCommandPutsFieldsIntoAMapOfTheJdksThatShufflesThem() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "Map.of with several fields",
                        (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(Map.class)
                                && Set.of("of", "ofEntries").contains(call.getName())
                                && call.getTarget().getRawParameterTypes().size() > 2))
                .check(new ClassFileImporter()
                        .withImportOption(location -> !location.contains("/test-classes/"))
                        .importPackages("dev.tactus.console"));
    }

    @Test
    void everyCommandsKeysStandAsDocumented() throws Exception {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(3, "limits: []\n"), "")) {
            String day = SimulatedSetup.DAY.toString();
            keys(setup.run("plan", "--json", "--day", day), """
                command ok items requests seconds finishes_at deadline meets_deadline endpoints\
                """);
            assertThat(setup.run("plan", "--json", "--day", day)
                            .json()
                            .path("items")
                            .asLong())
                    .isEqualTo(9);
            CommandResult sync = setup.run("sync", "--json", "--day", day);
            keys(sync, """
                command ok run_id days planned landed not_found dead_lettered fell_back awaiting_report not_due parked \
                accounted requests throttled retried drifts seconds source state incomplete_because next_due \
                catalog_rejected rows runs\
                """);
            keys(setup.run("check", "--json"), "command ok checks");
            keys(setup.run("runs", "list", "--json"), "command ok runs");
            JsonNode shown = setup.run(
                            "runs", "show", sync.json().path("run_id").asString(), "--json")
                    .json();
            assertThat(shown.propertyNames()).endsWith("slices", "publications", "workers", "notes");
            assertThat(shown.at("/publications/0/tables/0").propertyNames())
                    .containsExactly("table", "snapshot_id", "rows", "at");
            keys(setup.run("dead-letters", "list", "--json"), "command ok open dead_letters");
            keys(setup.run("drift", "list", "--json"), "command ok open drifts");
            keys(setup.run("lake", "show", "--json"), "command ok lake catalog tables");
            JsonNode maintained = setup.run("lake", "maintain", "--json").json();
            assertThat(maintained.propertyNames())
                    .containsExactly("command", "ok", "tables", "orphan_files", "staged_files", "freed_bytes");
            assertThat(maintained.at("/tables/0").propertyNames())
                    .containsExactly(
                            "table", "rows", "files_before", "files_after", "snapshots_expired", "snapshots_kept");
            keys(setup.run("audit", "--json"), "command ok adds_up proven unfinished looked_at");
            Path report = Files.writeString(folder.resolve("nothing.csv"), "nothing\n");
            keys(setup.run("reports", "import", "--json", report.toString()), """
                command ok imported known refused read landed deductions rejected skipped fell_back files\
                """);
            keys(setup.run("reports", "list", "--json"), "command ok reports");
            keys(setup.run("reports", "unmatched", "--json"), "command ok unmatched usages");
            keys(setup.run("reconcile", "--json", "--period", "2026-03"), "command ok period sources");
            keys(setup.run("query", "--json", "SELECT 1 AS one"), "command ok columns rows");
            keys(setup.run("runs", "show", "none", "--json"), "command ok exit error");
        }
    }

    private static void keys(CommandResult result, String keys) {
        assertThat(result.json().propertyNames()).as(result.err()).containsExactly(keys.split(" "));
    }
}
