package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the two launchers, of a clone and of a release, put on the class path. Java and Maven are played: the one
/// prints its arguments, the other makes the jar that it is asked for.
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Path DIST = Path.of("src", "main", "dist").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void playJavaAndMaven() throws IOException {
        executable("jdk/bin/java", "printf 'java %s\\n' \"$*\"");
        executable("jdk/bin/javac", "");
        write("jdk/release", "JAVA_VERSION=\"25.0.3\"\n");
        executable("tools/mvn", """
            printf 'mvn %s\\n' "$*" >>"$HERE/maven"
            mkdir -p "$HERE/clone/addons/postgresql/target/lib"
            touch "$HERE/clone/addons/postgresql/target/lib/driver.jar" "$HERE/clone/addons/postgresql/target/lib/app.jar"
            """);
        for (String place : List.of("release", "clone")) {
            Files.createDirectories(folder.resolve(place));
        }
        copy("launch.sh", "release/bin/launch.sh");
        copy("tactus", "release/bin/tactus");
        write("release/lib/app.jar", "");
        copy("launch.sh", "clone/console/src/main/dist/launch.sh");
        copy("../../../../tactus", "clone/tactus");
        write("clone/pom.xml", "");
        write("clone/addons/pom.xml", "");
        write("clone/addons/postgresql/pom.xml", "");
        write("clone/console/target/app/lib/app.jar", "");
        write("clone/console/target/app/tactus.aot", "");
        write("clone/console/target/app/built", "");
        write(
                "local.yaml",
                "ledger: ./ledger.db\n# ledger: jdbc:postgresql://db/tactus\nlake: ./lake # jdbc:postgresql:\n");
        write("shared.yaml", "ledger: jdbc:postgresql://db/tactus\n");
        write("variable.yaml", "lake: ${LAKE}/${PLACE}\nledger: ${LEDGER}");
    }

    @Test
    void aLocalConfigurationAsksForNothing() throws Exception {
        assertThat(classPath(clone("check", "--config", "local.yaml"))).containsExactly("app.jar");
        assertThat(classPath(release("check", "--config", "local.yaml"))).containsExactly("app.jar");
        assertThat(classPath(clone("check"))).containsExactly("app.jar");
        assertThat(folder.resolve("maven")).doesNotExist();
    }

    @Test
    void aCloneBuildsOnceWhatTheConfigurationAsksFor() throws Exception {
        Ended first = clone("check", "--config", "shared.yaml");
        assertThat(first.err()).contains("building the add-on postgresql, which shared.yaml asks for");
        assertThat(classPath(first)).containsExactly("app.jar", "driver.jar");

        Ended second = clone("check", "--config=shared.yaml");
        assertThat(second.err()).isEmpty();
        assertThat(classPath(second)).containsExactly("app.jar", "driver.jar");
        assertThat(Files.readAllLines(folder.resolve("maven")))
                .singleElement()
                .asString()
                .contains("package -pl addons/postgresql -am");
    }

    @Test
    void aValueFromTheEnvironmentAsksAsWell() throws Exception {
        assertThat(classPath(clone("runs", "list", "--config", "variable.yaml")))
                .containsExactly("app.jar");
        assertThat(classPath(end(
                        command("clone/tactus", "runs", "list", "--config", "variable.yaml"),
                        Map.of("LEDGER", "jdbc:postgresql://db/tactus"))))
                .containsExactly("app.jar", "driver.jar");
    }

    @Test
    void commandsThatReadNoConfigurationBuildNothing() throws Exception {
        Files.copy(folder.resolve("shared.yaml"), folder.resolve("tactus.yaml"));
        assertThat(classPath(clone("demo"))).containsExactly("app.jar");
        assertThat(classPath(clone("--version"))).containsExactly("app.jar");
        assertThat(folder.resolve("maven")).doesNotExist();
        assertThat(classPath(clone("today"))).containsExactly("app.jar", "driver.jar");
    }

    @Test
    void aLineThatAsksForTwoGetsBoth() throws Exception {
        write("release/addons/postgresql/driver.jar", "");
        write("release/addons/s3/store.jar", "");
        write("both.yaml", "lake: {warehouse: s3://labels, catalog: {type: jdbc, uri: jdbc:postgresql://db/tactus}}\n");
        assertThat(classPath(release("check", "--config", "both.yaml")))
                .containsExactly("app.jar", "driver.jar", "store.jar");
    }

    @Test
    void theEngineThatACommandNamesIsAnAddOnWithOptionsOfItsOwn() throws Exception {
        write("release/addons/spark/spark.jar", "");
        for (List<String> named : List.of(List.of("--engine", "spark"), List.of("--engine=spark"))) {
            List<String> command = new ArrayList<>(List.of("reconcile", "--config", "local.yaml"));
            command.addAll(named);
            Ended ended = release(command.toArray(String[]::new));
            assertThat(classPath(ended)).containsExactly("app.jar", "spark.jar");
            assertThat(ended.out())
                    .contains("-Xmx1g", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                    .doesNotContain("AOTCache");
        }
        assertThat(release("reconcile", "--config", "local.yaml", "--engine", "duckdb")
                        .out())
                .contains("-Xmx256m")
                .doesNotContain("spark.jar", "--add-opens");
    }

    /// Java says in four lines that a start-up cache is of no use, and goes on.
    @Test
    void ofAStartUpCacheThatDoesNotFitNothingIsSaid() throws Exception {
        executable("jdk/bin/java", "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' \"$@\"");

        Ended ended = clone("check", "--config", "local.yaml");

        assertThat(ended.err()).contains("dev.tactus.console.Tactus").doesNotContain("[aot]", "shared spaces");
    }

    @Test
    void aReleaseSaysWhereAnAddOnBelongs() throws Exception {
        Ended missing = release("check", "--config", "shared.yaml");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err())
                .contains("shared.yaml asks for the add-on postgresql")
                .contains("-addon-postgresql.tar.gz")
                .contains("-C " + folder.toRealPath().resolve("release"));

        write("release/addons/postgresql/driver.jar", "");
        assertThat(classPath(release("check", "--config", "shared.yaml"))).containsExactly("app.jar", "driver.jar");
    }

    private Ended clone(String... args) throws Exception {
        return end(command("clone/tactus", args), Map.of());
    }

    private Ended release(String... args) throws Exception {
        return end(command("release/bin/tactus", args), Map.of());
    }

    private List<String> command(String launcher, String... args) {
        List<String> command = new ArrayList<>(List.of(folder.resolve(launcher).toString()));
        command.addAll(List.of(args));
        return command;
    }

    private record Ended(int exit, String out, String err) {}

    private Ended end(List<String> command, Map<String, String> variables) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("HERE", folder.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        int exit = process.waitFor();
        return new Ended(exit, Files.readString(out), Files.readString(err));
    }

    /// The names of the jars that Java was started with.
    private static List<String> classPath(Ended ended) {
        assertThat(ended.exit()).as(ended.err()).isZero();
        List<String> words = Arrays.asList(ended.out().strip().split(" "));
        return Arrays.stream(words.get(words.indexOf("-cp") + 1).split(":"))
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();
    }

    private void copy(String from, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(DIST.resolve(from), target);
        assertThat(target.toFile().setExecutable(true)).isTrue();
    }

    private void executable(String name, String script) throws IOException {
        write(name, "#!/bin/sh\n" + script + "\n");
        assertThat(folder.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
