package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.console.output.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `tactus gateway` as a person or a service manager meets it: what it says, how it ends, what signals do.
class GatewayCommandIT {
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch slowHasCome = new CountDownLatch(1);

    @TempDir
    Path folder;

    private HttpServer upstream;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                slowHasCome.countDown();
                await(goOn);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        upstream.stop(0);
        client.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        limts: []                                                  | gateway.yaml:4: limts
        limits: [{name: quota, permits: many, window: 60s}]        | gateway.yaml:4: limits[0].permits: expected a whole number
        limits: [{name: quota, permits: 5, window: soon}]          | gateway.yaml:4: limits[0].window: expected a duration
        tls: {certificate: none.pem, key: none.pem}                | gateway.yaml:4: tls.certificate: cannot read
        refusal_body: "${NO_SUCH_VARIABLE}"                        | NO_SUCH_VARIABLE
        """)
    void tellsWhatIsWrongInItsConfigurationAndTouchesNothing(String line, String message) throws Exception {
        configure("127.0.0.1:0", line);
        CommandResult ended = TactusProcess.run(folder, "gateway");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("gateway.db")).doesNotExist();
    }

    @Test
    void tellsWhatToDoWithoutAConfiguration() {
        CommandResult ended = TactusProcess.run(folder, "gateway");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("gateway.yaml").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"listen", "admin"})
    void tellsThatAPortIsInUse(String which) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + taken.getLocalPort();
            configure(which.equals("listen") ? there : "127.0.0.1:0", which.equals("admin") ? "admin: " + there : "");
            CommandResult ended = TactusProcess.run(folder, "gateway");
            assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.err()).contains(there).contains("in use").doesNotContain("\tat ");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sighupTakesANewConfigurationUpAndRefusesABadOne() throws Exception {
        configure("127.0.0.1:0", "limits: [{name: quota, permits: 100, window: 60s}]");
        TactusProcess gateway = gateway();
        assertThat(status(gateway, "/")).isEqualTo(200);
        hangUp(gateway); // nothing has changed, so only the signal can have made it read the file
        gateway.awaitThat(() -> text(gateway.err()).contains("reloaded "));

        configure("127.0.0.1:0", "limits: [{name: quota, permits: none, window: 60s}]");
        hangUp(gateway);
        gateway.awaitThat(() -> text(gateway.err()).contains("not reloaded"));
        assertThat(text(gateway.err()))
                .contains("not reloaded, the old configuration stays in force: ")
                .contains("gateway.yaml:4: limits[0].permits: expected a whole number");
        assertThat(status(gateway, "/")).isEqualTo(200);

        configure("127.0.0.1:0", "limits: [{name: quota, permits: 2, window: 60s}]");
        hangUp(gateway);
        gateway.awaitThat(() -> status(gateway, "/") == 429);
        assertThat(status(gateway, "/")).as("two had gone before").isEqualTo(429);

        configure("127.0.0.1:1", "limits: []");
        hangUp(gateway);
        gateway.awaitThat(() -> text(gateway.err()).contains("restart"));
        assertThat(text(gateway.err())).contains("listen: a change takes effect only after a restart");
        gateway.process().destroy();
        gateway.await(Duration.ofSeconds(30));
    }

    /// A service manager may ask for a reload at any moment.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sighupDuringTheStartDoesNotEndIt() throws Exception {
        configure("127.0.0.1:0", "limits: []");
        TactusProcess gateway = TactusProcess.start(folder, "gateway");
        gateway.awaitThat(() -> Files.exists(folder.resolve("gateway.db")));
        for (int i = 0; i < 20; i++) {
            hangUp(gateway);
        }
        gateway.awaitThat(() -> text(gateway.out()).contains("Gateway at"));
        assertThat(status(gateway, "/")).isEqualTo(200);
        gateway.process().destroy();
        gateway.await(Duration.ofSeconds(30));
    }

    @Test
    void sigtermLetsARequestComeToItsEndAndTakesNoOther() throws Exception {
        configure("127.0.0.1:0", "timeouts: {drain: 60s}");
        TactusProcess gateway = gateway();
        URI address = address(gateway);
        CompletableFuture<HttpResponse<String>> slow = client.sendAsync(
                HttpRequest.newBuilder(address.resolve("/slow")).build(), HttpResponse.BodyHandlers.ofString());
        await(slowHasCome);

        gateway.process().destroy();
        gateway.awaitThat(() -> isClosed(address));
        assertThat(isClosed(address)).as("nobody is let in any more").isTrue();
        assertThat(slow).as("who was in is waited for").isNotDone();
        goOn.countDown();
        assertThat(slow.get().statusCode()).isEqualTo(200);
        CommandResult ended = gateway.await(Duration.ofSeconds(30));
        assertThat(ended.err()).contains("stopping").doesNotContain("\tat ");
        assertThat(ended.exit())
                .as("128 and SIGTERM, as a service manager expects")
                .isEqualTo(143);
    }

    private TactusProcess gateway() throws InterruptedException {
        TactusProcess gateway = TactusProcess.start(folder, "gateway");
        gateway.awaitThat(() -> text(gateway.out()).contains("Gateway at"));
        return gateway;
    }

    private static URI address(TactusProcess gateway) {
        Matcher matcher = Pattern.compile("Gateway at (http://[0-9.:]+\\d)").matcher(text(gateway.out()));
        assertThat(matcher.find()).as(text(gateway.err())).isTrue();
        return URI.create(matcher.group(1));
    }

    /// Beside the address and the upstream one line more, the fourth.
    private void configure(String listen, String line) throws IOException {
        Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: %s\nupstream: http://127.0.0.1:%d\nthreads: 1\n%s\n"
                        .formatted(listen, upstream.getAddress().getPort(), line));
    }

    private static void hangUp(TactusProcess gateway) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-HUP", Long.toString(gateway.process().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private int status(TactusProcess gateway, String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(address(gateway).resolve(path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean isClosed(URI address) {
        try (java.net.Socket socket = new java.net.Socket(address.getHost(), address.getPort())) {
            return !socket.isConnected();
        } catch (SocketException e) {
            return true; // refused, or reset because it stood in the queue of a listener that closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
