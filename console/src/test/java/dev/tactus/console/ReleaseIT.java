package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The release as it is given away: unpacked into an empty folder it runs with a Java runtime, and with nothing of the
/// clone and no Maven.
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ReleaseIT {
    private static final Path DIST = Path.of("src", "main", "dist").toAbsolutePath();

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        Files.createDirectories(made.resolve("jre/bin"));
        Files.createSymbolicLink(made.resolve("jre/bin/java"), jdk.resolve("bin/java"));
        Files.createSymbolicLink(made.resolve("jre/release"), jdk.resolve("release"));
        String lib = Path.of("target", "app", "lib").toAbsolutePath().toString();
        Path addon = Files.createDirectories(made.resolve("addons/driver/target/lib"));
        Files.createFile(addon.resolve("driver.jar"));
        Ended ended = run(
                made,
                DIST.resolve("package.sh").toString(),
                lib,
                "1.2.3",
                made.toString(),
                made.resolve("addons").toString());
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void theArchiveRunsWhereItIsUnpacked() throws Exception {
        assertThat(run(folder, "tar", "-xzf", the("64.tar.gz").toString()).exit())
                .isZero();
        Path home = folder.resolve("tactus-1.2.3");

        assertThat(run(folder, home + "/bin/tactus", "--version").out()).startsWith("tactus 0.");
        Ended init = run(folder, home + "/bin/tactus", "init");
        assertThat(init.exit()).as(init.err()).isZero();
        assertThat(folder.resolve("tactus.yaml")).exists();
        Ended typo = run(folder, home + "/bin/tactus", "synk");
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("did you mean sync?");
        assertThat(run(folder, "bash", "-c", "source " + home + "/completion/tactus.bash && complete -p tactus")
                        .out())
                .contains("_complete_tactus");
    }

    @Test
    void anAddOnIsAnArchiveOfItsOwnThatIsUnpackedOverIt() throws Exception {
        assertThat(run(folder, "tar", "-xzf", the("-addon-driver.tar.gz").toString())
                        .exit())
                .isZero();

        assertThat(folder.resolve("tactus-1.2.3/addons/driver/driver.jar")).exists();
        assertThat(folder.resolve("tactus-1.2.3/lib")).doesNotExist();
    }

    @Test
    void saysWhatItNeedsWhereThereIsNoJava() throws Exception {
        assertThat(run(folder, "tar", "-xzf", the("64.tar.gz").toString()).exit())
                .isZero();
        ProcessBuilder builder = builder(folder, folder + "/tactus-1.2.3/bin/tactus", "--version");
        builder.environment().put("JAVA_HOME", "/nowhere");
        builder.environment().put("TACTUS_JVMS", folder.toString());

        Ended ended = end(builder);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("needs Java 25").contains("/nowhere");
    }

    @Test
    void theSyncUnitOfTheDebianPackageSyncs() throws Exception {
        unpackDeb();
        try (Simulator simulator = Simulator.start(SimulatedSetup.synthetic(3, "limits: []\n"))) {
            Path config = folder.resolve("etc/tactus/tactus.yaml");
            assertThat(Files.readString(config)).contains("ledger: /var/lib/tactus/ledger.db");
            Files.writeString(
                    config,
                    ConfiguredFolder.yaml(simulator.baseUri(), "")
                            .replace("./", folder + "/")
                            .replace("catalog.csv", simulatedCatalog(simulator).toString()));

            Ended ended = end(unit("tactus-sync.service"));

            assertThat(unitText("tactus-sync.service")).contains("SuccessExitStatus=3 143");
            assertThat(ended.exit()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("It adds up");
            assertThat(folder.resolve("ledger.db")).exists();
        }
    }

    @Test
    void theGatewayUnitOfTheDebianPackageAnswersReloadsAndStops() throws Exception {
        unpackDeb();
        Path config = folder.resolve("etc/tactus/gateway.yaml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("127.0.0.1:8080", "127.0.0.1:0")
                        .replace("127.0.0.1:8081", "127.0.0.1:0")
                        .replace("/var/lib/tactus", folder.toString()));
        Path out = folder.resolve("out");
        Process gateway = unit("tactus-gateway.service")
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        Pattern admin = Pattern.compile("Admin at (http://[0-9.:]+\\d)");
        while (gateway.isAlive() && !admin.matcher(Files.readString(out)).find()) {
            gateway.waitFor(20, TimeUnit.MILLISECONDS);
        }
        var matcher = admin.matcher(Files.readString(out));
        assertThat(matcher.find()).as(Files.readString(folder.resolve("err"))).isTrue();

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> live = client.send(
                    HttpRequest.newBuilder(URI.create(matcher.group(1) + "/livez"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(live.statusCode()).isEqualTo(200);
        }
        gateway.destroy();

        assertThat(gateway.waitFor()).isEqualTo(143);
        assertThat(unitText("tactus-gateway.service")).contains("SuccessExitStatus=143");
        assertThat(folder.resolve("gateway.db")).exists();
    }

    @Test
    void systemdTakesTheUnits() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd here");
        unpackDeb();
        Ended verified = run(
                folder,
                "systemd-analyze",
                "verify",
                "--root=" + folder,
                "tactus-gateway.service",
                "tactus-sync.service",
                "tactus-sync.timer");

        assertThat(verified.out() + verified.err())
                .doesNotContain("Unknown key", "Unknown section", "Failed to parse", "Invalid");
    }

    @Test
    void thePackageHasWhatDebianWants() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "no dpkg here");
        String control = run(folder, "dpkg-deb", "-I", the(".deb").toString()).out();

        assertThat(control)
                .contains("Package: tactus", "Version: 1.2.3", "java25-runtime-headless", "postinst", "conffiles");
        assertThat(run(folder, "dpkg-deb", "-c", the(".deb").toString()).out())
                .contains("./usr/bin/tactus -> ../lib/tactus/bin/tactus")
                .contains("./usr/share/bash-completion/completions/tactus")
                .contains("./usr/lib/systemd/system/tactus-sync.timer");
    }

    private void unpackDeb() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "no dpkg here");
        assertThat(run(folder, "dpkg-deb", "-x", the(".deb").toString(), folder.toString())
                        .exit())
                .isZero();
    }

    /// Starts what a unit starts, with the unpacked package's files in the place of the system's.
    private ProcessBuilder unit(String name) throws IOException {
        String command = unitText(name)
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length());
        return builder(
                folder,
                Arrays.stream(command.split(" "))
                        .map(word -> word.startsWith("/") ? folder + word : word)
                        .toArray(String[]::new));
    }

    private String unitText(String name) throws IOException {
        return Files.readString(folder.resolve("usr/lib/systemd/system").resolve(name));
    }

    private Path simulatedCatalog(Simulator simulator) throws Exception {
        Path file = folder.resolve("recordings.csv");
        try (var in = simulator.baseUri().resolve("/_sim/catalog.csv").toURL().openStream()) {
            Files.copy(in, file);
        }
        return file;
    }

    private static Path the(String ending) throws IOException {
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Ended(int exit, String out, String err) {}

    private static Ended run(Path folder, String... command) throws Exception {
        return end(builder(folder, command));
    }

    /// With a `mvn` that fails, and a Java home without a compiler.
    private static ProcessBuilder builder(Path folder, String... command) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path maven = tools.resolve("mvn");
        if (!Files.exists(maven)) {
            Files.writeString(maven, "#!/bin/sh\nexit 99\n");
            maven.toFile().setExecutable(true);
        }
        List<String> all = new ArrayList<>(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", made.resolve("jre").toString());
        return builder;
    }

    private static Ended end(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + builder.command());
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
