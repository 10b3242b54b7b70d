package dev.tactus.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that read events, those of docs/serve.md among them.
class EventConsumerTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final FakeCommands commands = new FakeCommands().on("runs list", """
                    {"ok":true,"runs":[{"run_id":"R1","state":"finished","ended_at":"2026-10-01T00:00:00Z"}]}""");

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = Site.start(
                new ServeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        List.of(),
                        "1",
                        List.of(),
                        List.of(),
                        List.of(),
                        folder),
                commands,
                InstantSource.system());
        // the event has been noted once it is there: the site looks by itself
        long until = System.nanoTime() + LONGEST.toNanos();
        TestBrowser browser = new TestBrowser(site.address());
        while (!browser.get("/api/v1/events").body().contains("R1")) {
            assertThat(System.nanoTime()).as("noted in time").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void theConsumerInPythonReadsAllEvents() throws Exception {
        consumes("python", "python3", "consumer.py");
    }

    @Test
    void theConsumerInNodeReadsAllEvents() throws Exception {
        consumes("js", "node", "consumer.mjs");
    }

    @Test
    void aStreamGoesOnFromACursor() throws Exception {
        try (Socket socket =
                new Socket(site.address().getAddress(), site.address().getPort())) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "GET /api/v1/events HTTP/1.1",
                                    "Host: localhost",
                                    "Accept: text/event-stream",
                                    "Last-Event-ID: 0",
                                    "",
                                    "")
                            .getBytes(StandardCharsets.UTF_8));
            String read = "";
            InputStream in = socket.getInputStream();
            while (!read.contains("\"subject\":\"R1\"")) {
                byte[] some = new byte[4096];
                int length = in.read(some);
                assertThat(length).as(read).isPositive();
                read += new String(some, 0, length, StandardCharsets.UTF_8);
            }
            assertThat(read)
                    .containsIgnoringCase("content-type: text/event-stream")
                    .contains("id: 1\nevent: dev.tactus.run.finished\ndata: {");
        }
        assertThat(new TestBrowser(site.address()).get("/api/v1/events?after=1").body())
                .isEqualTo("{\"events\":[],\"after\":1}");
        assertThat(new TestBrowser(site.address()).get("/api/v1/events?after=x").status())
                .isEqualTo(400);
    }

    private void consumes(String language, String program, String name) throws IOException, InterruptedException {
        Matcher sample = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "serve.md")));
        assertThat(sample.find()).isTrue();
        Path file = Files.writeString(folder.resolve(name), sample.group(1));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(program, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("TACTUS", "http://127.0.0.1:" + site.address().getPort());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            assumeTrue(false, program + " is not installed");
            return;
        }
        assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).isEqualTo("dev.tactus.run.finished R1\n");
    }
}
