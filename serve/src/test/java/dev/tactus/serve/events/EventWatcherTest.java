package dev.tactus.serve.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.serve.FakeCommands;
import dev.tactus.serve.ManualClock;
import dev.tactus.serve.schedule.JobRhythm;
import dev.tactus.serve.state.SiteState;
import dev.tactus.webhook.WebhookSigner;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EventWatcherTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTw==";

    private record Received(String id, String timestamp, String signature, String body) {}

    private final ManualClock clock = new ManualClock("2026-11-01T12:00:00Z");
    private final FakeCommands commands = new FakeCommands()
            .on("runs list", runs("R1", "finished"))
            .on("periods list", "{\"ok\":true,\"periods\":[]}");
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(204);

    @TempDir
    Path folder;

    private SiteState state;
    private EventLog events;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        state = SiteState.open(folder.resolve("serve.db"), clock);
        events = new EventLog(state);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status.get() == 204) {
                received.add(new Received(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        body));
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        state.close();
    }

    @Test
    void whatHappenedIsNotedOnceInAStableOrder() {
        try (EventWatcher watcher = watcher()) {
            commands.on("reports list", """
                {"ok":true,"reports":[
                 {"report_id":"S1","state":"imported","imported_at":"2026-10-02T00:00:00Z"},
                 {"report_id":"S2","state":"importing","imported_at":"2026-10-03T00:00:00Z"}]}\
                """);
            assertThat(watcher.once()).isEqualTo(2);
            assertThat(watcher.once()).isZero();
            commands.on("periods list", """
                {"ok":true,"periods":[{"id":"0001","kind":"close","at":"2026-09-01T00:00:00Z"}]}\
                """);
            assertThat(watcher.once()).isEqualTo(1);
        }

        assertThat(events.after(0, 10))
                .extracting(event -> event.number() + " " + event.type() + " " + event.subject())
                .containsExactly(
                        "1 dev.tactus.run.finished R1",
                        "2 dev.tactus.statement.imported S1",
                        "3 dev.tactus.period.closed 0001");
        assertThat(events.after(2, 10)).hasSize(1);
        assertThat(events.after(0, 1)
                        .getFirst()
                        .cloudEvent()
                        .path("specversion")
                        .asString())
                .isEqualTo("1.0");
    }

    @Test
    void aDeadlineAtRiskIsToldBeforeItIsMissed() {
        commands.on("runs alerts", """
                {"ok":true,"alerts":[
                 {"run_id":"R2","kind":"incomplete","severity":"critical","text":"x","at":"2026-10-03T09:00:00Z"},
                 {"run_id":"R2","kind":"deadline","severity":"critical","text":"missed","at":"2026-10-03T06:00:00Z"},
                 {"run_id":"R2","kind":"deadline","severity":"warning","text":"late","at":"2026-10-03T03:00:00Z"}]}\
                """);
        try (EventWatcher watcher = watcher()) {
            watcher.once();
        }

        List<SiteEvent> told = events.after(0, 10).stream()
                .filter(event -> event.type().startsWith("dev.tactus.deadline"))
                .toList();
        assertThat(told)
                .extracting(event -> event.type() + " " + event.subject() + " " + EventText.sentence(event))
                .containsExactly("dev.tactus.deadline.at_risk R2 Late", "dev.tactus.deadline.missed R2 Missed");
    }

    @Test
    void aReceiverIsToldOfWhatHappensFromNowOnAndSigned() throws Exception {
        try (EventWatcher watcher = watcher(receiver())) {
            watcher.once();
            watcher.deliver();
            assertThat(received)
                    .as("of what was there before it was configured")
                    .isEmpty();

            commands.on("runs list", runs("R2", "finished"));
            watcher.once();
            watcher.deliver();
            watcher.deliver();
        }

        assertThat(received).hasSize(1);
        Received message = received.getFirst();
        assertThat(message.body()).contains("\"type\":\"dev.tactus.run.finished\"", "\"subject\":\"R2\"");
        assertThat(message.signature())
                .isEqualTo(WebhookSigner.of(SECRET)
                        .sign(
                                message.id(),
                                Instant.ofEpochSecond(Long.parseLong(message.timestamp())),
                                message.body()));
    }

    @Test
    void aFailedDeliveryIsTriedForTwoDaysAndSurvivesARestart() throws Exception {
        try (EventWatcher watcher = watcher(receiver())) {
            watcher.once();
            commands.on("runs list", runs("R2", "finished"));
            watcher.once();
            status.set(503);
            watcher.deliver();
        }
        clock.advance(Duration.ofHours(47));
        status.set(204);
        try (EventWatcher again = watcher(receiver())) {
            again.deliver();
        }

        assertThat(received).hasSize(1);
    }

    @Test
    void aPersonIsToldByMailOfAllThatHappenedTogether() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try {
            MailServer server = new MailServer(
                    "127.0.0.1",
                    mails.getSmtp().getPort(),
                    MailServer.Security.NONE,
                    Optional.empty(),
                    "tactus@example.com");
            EventReceiver ada = new EventReceiver(
                    "ada@example.com",
                    URI.create("mailto:ada@example.com"),
                    Optional.empty(),
                    Set.of("drift"),
                    Optional.of(new ChatSettings(
                            Optional.empty(),
                            Optional.of(URI.create("https://tactus.example/")),
                            Optional.of(server))));
            try (EventWatcher watcher = watcher(ada)) {
                watcher.once();
                commands.on("drift list", drifts(3));
                watcher.once();
                watcher.deliver();
                watcher.deliver();
            }

            assertThat(mails.getReceivedMessages()).hasSize(1);
            MimeMessage mail = mails.getReceivedMessages()[0];
            assertThat(mail.getSubject()).contains("spotify says title \"<!channel> 0\"", "(and 2 more)");
            assertThat(mail.getContent().toString())
                    .contains("2026-10-01T00:00:02Z  spotify says title", "https://tactus.example/events");
        } finally {
            mails.stop();
        }
    }

    @Test
    void aReceiverGetsOnlyTheTypesItAskedFor() throws Exception {
        EventReceiver closes = new EventReceiver("closes", address(), Optional.empty(), Set.of("period"));
        try (EventWatcher watcher = watcher(closes)) {
            watcher.once();
            commands.on("runs list", runs("R2", "finished"));
            watcher.once();
            watcher.deliver();
        }

        assertThat(received).isEmpty();
        assertThat(closes.toString()).doesNotContain("127.0.0.1");
    }

    /// A title calls nobody and is no mark-up, and a hundred differences are one message.
    @Test
    void peopleAreToldInSentencesManyThingsInOneMessage() throws Exception {
        EventReceiver chat = new EventReceiver(
                "chat",
                address(),
                Optional.empty(),
                Set.of(),
                Optional.of(new ChatSettings(Optional.empty(), Optional.of(URI.create("https://tactus.example/")))));
        try (EventWatcher watcher = watcher(chat)) {
            watcher.once();
            commands.on("drift list --limit 100000", drifts(25));
            commands.on("periods list", """
                {"ok":true,"periods":[{"id":"0001","kind":"close","period":"2026-10","source":"spotify","by":"Ada",
                 "at":"2026-09-01T00:00:00Z"}]}\
                """);
            watcher.once();
            status.set(503);
            watcher.deliver();
            status.set(204);
            clock.advance(Duration.ofMinutes(1));
            watcher.deliver();
            watcher.deliver();
        }

        assertThat(received).hasSize(1);
        String text = new JsonMapper()
                .readTree(received.getFirst().body())
                .path("text")
                .asString();
        assertThat(text.lines()).hasSize(22).first().isEqualTo("• 2026-10 of spotify was closed by Ada");
        assertThat(text)
                .contains("• spotify says title \"&lt;!channel&gt; 0\" of USRC17600000, and the catalog \"A &amp; B\"")
                .endsWith("and 6 more\n<https://tactus.example/events|What happened>");
    }

    @Test
    void aDigestWaitsForItsTime() throws Exception {
        EventReceiver daily = new EventReceiver(
                "daily",
                address(),
                Optional.empty(),
                Set.of("run"),
                Optional.of(new ChatSettings(
                        Optional.of(
                                new JobRhythm.Daily(LocalTime.of(8, 0), ZoneId.of("Europe/Berlin"), Optional.empty())),
                        Optional.empty())));
        try (EventWatcher watcher = watcher(daily)) {
            watcher.once();
            commands.on("runs list", runs("R2", "finished"));
            watcher.once();
            watcher.deliver();
            commands.on("runs list", runs("R3", "failed"));
            watcher.once();
            clock.advance(Duration.ofHours(18)); // 06:00Z, where it was 12:00Z
            watcher.deliver();
            assertThat(received).isEmpty();
            clock.advance(Duration.ofHours(1)); // 08:00 in Berlin, in winter
            watcher.deliver();
        }

        assertThat(received).hasSize(1);
        assertThat(received.getFirst().body()).contains("is finished", "is failed");
    }

    private static String drifts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> """
                    {"id":"d%d","source":"spotify","isrc":"USRC176%05d","field":"title","expected":"A & B",
                     "found":"<!channel> %d","severity":"warning","detected_at":"2026-10-01T00:00:%02dZ"}\
                    """.formatted(i, i, i, i))
                .collect(Collectors.joining(",", "{\"ok\":true,\"drifts\":[", "]}"));
    }

    private EventReceiver receiver() {
        return new EventReceiver("test#1", address(), Optional.of(WebhookSigner.of(SECRET)), Set.of());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private EventWatcher watcher(EventReceiver... receivers) {
        return new EventWatcher(
                state,
                events,
                words -> commands.run(Optional.empty(), Arrays.asList(words.split(" ", -1))),
                () -> "",
                List.of(receivers));
    }

    private static String runs(String id, String runState) {
        return "{\"ok\":true,\"runs\":[{\"run_id\":\"" + id + "\",\"state\":\"" + runState
                + "\",\"ended_at\":\"2026-10-01T00:00:00Z\"},{\"run_id\":\"R0\",\"state\":\"running\","
                + "\"ended_at\":null}]}";
    }
}
