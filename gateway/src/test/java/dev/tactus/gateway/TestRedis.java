package dev.tactus.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real Redis server that keeps nothing on disk; a test that needs one is skipped where it is not installed.
final class TestRedis implements AutoCloseable {
    private static final Path SERVER = InstalledProgram.find("redis-server");
    private static final Pattern CLIENTS = Pattern.compile("connected_clients:(\\d+)");

    private final Path folder;
    private final int port;
    private Process process;

    private TestRedis(Path folder, int port) throws Exception {
        this.folder = folder;
        this.port = port;
        this.process = run();
    }

    static TestRedis start(Path folder) throws Exception {
        assumeTrue(Files.isExecutable(SERVER), "redis-server is not installed: " + SERVER);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return new TestRedis(folder, port);
    }

    private Process run() throws Exception {
        Process started = new ProcessBuilder(
                        SERVER.toString(),
                        "--port",
                        "" + port,
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        "" + folder)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        TestGateway.until(() -> clients() >= 0);
        return started;
    }

    int port() {
        return port;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /// Starts it anew, empty.
    void again() throws Exception {
        process = run();
    }

    /// How many are connected, besides who asks; -1 where nobody answers.
    int clients() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("INFO clients\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher found = CLIENTS.matcher(said);
            return found.find() ? Integer.parseInt(found.group(1)) - 1 : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
