package dev.tactus.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server for tests: the one that TACTUS_TEST_POSTGRES names (a JDBC URL), or one that is started from the
/// machine's own binaries, with nothing forced to disk. Every test gets a schema of its own.
///
/// The server ends when this process does, however that ends: a shell between the two waits for the end of its input.
public final class TestPostgres implements AutoCloseable {
    /// Why tests with a server skip where there is none.
    public static final String MISSING = "no PostgreSQL 15 or later here: install Debian's postgresql, or name a server"
            + " in TACTUS_TEST_POSTGRES (jdbc:postgresql://…)";

    private static final int OLDEST = 15;
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /// Its output goes to a file: it must not fill a pipe. Its texts are sorted as people do, so that whoever needs
    /// them
    /// sorted otherwise has to say so.
    private static final String SCRIPT = """
        folder=$1 bin=$2 port=$3
        shift 3
        "$@" "$bin/initdb" -D "$folder/data" -U tactus --auth=trust -E UTF8 --locale=C --locale-provider=icu --icu-locale=en --no-sync >"$folder/log" 2>&1 || exit 1
        start() {
          "$@" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \\
            -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c max_connections=200 \\
            -c shared_buffers=32MB >>"$folder/log" 2>&1 &
          server=$!
        }
        start "$@"
        while read -r word; do
          kill -QUIT "$server" 2>/dev/null
          wait "$server"
          start "$@"
        done
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        rm -rf "$folder"
        """;

    /// One for all tests of a process.
    private static final class Shared {
        static final Optional<TestPostgres> SERVER = start();
    }

    private final String url;
    private final Optional<Process> shell;

    private TestPostgres(String url, Optional<Process> shell) {
        this.url = url;
        this.shell = shell;
    }

    /// The one that all tests of a process share; empty where there is none.
    public static Optional<TestPostgres> shared() {
        return Shared.SERVER;
    }

    /// A new one; empty where there are no binaries, and nobody names a server.
    public static Optional<TestPostgres> start() {
        String named = System.getenv("TACTUS_TEST_POSTGRES");
        if (named != null && !named.isBlank()) {
            return Optional.of(new TestPostgres(named, Optional.empty()));
        }
        return binaries().map(TestPostgres::started);
    }

    private static TestPostgres started(Path bin) {
        try {
            Path folder = Files.createTempDirectory("tactus-postgres");
            int port = freePort();
            List<String> command = new ArrayList<>(
                    List.of("bash", "-c", SCRIPT, "postgres", folder.toString(), bin.toString(), String.valueOf(port)));
            command.addAll(asSomebodyElse(folder));
            Process shell = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            TestPostgres server = new TestPostgres(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=tactus", Optional.of(shell));
            server.await(folder);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The server refuses to run as root.
    private static List<String> asSomebodyElse(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    }

    /// Waits until it answers.
    private void await(Path folder) throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end) {
            try (Connection connection = DriverManager.getConnection(url)) {
                if (connection.isValid(10)) {
                    return;
                }
            } catch (SQLException notYet) {
                pause();
            }
            if (!shell.orElseThrow().isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
    }

    private void pause() {
        try {
            shell.orElseThrow().waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A schema that nobody uses yet.
    public TestSchema schema() {
        return new TestSchema(this, "tactus_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet());
    }

    /// Whether it was started here, and so may be ended.
    public boolean isOurs() {
        return shell.isPresent();
    }

    /// Ends the server at once, as a power failure would, and starts it again; only one that was started here.
    public void restart() {
        try {
            Process process = shell.orElseThrow(() -> new IllegalStateException("not ours to restart: " + url));
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            while (answers()) {
                pause();
            }
            await(Path.of("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /// Works on it as another program would.
    public void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        shell.ifPresent(process -> {
            try {
                process.getOutputStream().close();
                process.waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// The folder of the newest binaries: Debian's, or those on the PATH.
    private static Optional<Path> binaries() {
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                        .filter(version -> number(version) >= OLDEST)
                        .sorted(Comparator.comparingInt(TestPostgres::number).reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            found.add(Path.of(folder));
        }
        return found.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
