package dev.tactus.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final FakeOutbox outbox = new FakeOutbox();
    private final Map<String, WebhookReceivers.Receiver> receivers = new ConcurrentHashMap<>();
    private final WebhookSender sender = new WebhookSender(
            outbox,
            name -> receivers.getOrDefault(name, new WebhookReceivers.Gone("nobody")),
            SCHEDULE,
            now::get,
            new Random(1));
    private FakeReceiver radio;

    @AutoClose
    private final Socket nobody = new Socket();

    @BeforeEach
    void registerAReceiver() throws IOException {
        radio = new FakeReceiver();
        receivers.put("radio", reachable(radio.address()));
    }

    @AfterEach
    void close() {
        sender.close();
        radio.close();
    }

    @Test
    void deliversAMessageOnce() throws Exception {
        outbox.add("radio", START);

        sender.sendDue();
        sender.sendDue();

        assertThat(radio.received()).hasSize(1).allSatisfy(received -> {
            assertThat(received.body()).isEqualTo("{\"number\":0}");
            assertThat(received.headers().getFirst("Content-Type")).startsWith("application/json");
            assertThat(received.headers()).doesNotContainKey("Webhook-signature");
        });
        assertThat(outbox.entry(0).end()).isEqualTo("delivered");
    }

    @Test
    void signsWhereTheReceiverWantsIt() throws Exception {
        WebhookSigner signer = WebhookSigner.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        receivers.put("radio", new WebhookReceivers.Reachable(radio.address(), Optional.of(signer)));
        outbox.add("radio", START);

        sender.sendDue();

        assertThat(radio.received().getFirst().headers())
                .containsEntry("Webhook-id", List.of("msg_0"))
                .containsEntry("Webhook-timestamp", List.of(String.valueOf(START.getEpochSecond())))
                .containsEntry("Webhook-signature", List.of(signer.sign("msg_0", START, "{\"number\":0}")));
    }

    @Test
    void triesAgainAfterEachPauseAndThenAbandons() throws Exception {
        radio.answer(302);
        outbox.add("radio", START);
        sender.sendDue();
        sender.sendDue();
        assertThat(radio.received()).as("not before the pause is over").hasSize(1);
        assertThat(outbox.entry(0).reason()).isEqualTo("HTTP 302");

        advance(Duration.ofSeconds(10));
        sender.sendDue();
        assertThat(radio.received()).hasSize(2);

        advance(Duration.ofHours(1));
        sender.sendDue();
        assertThat(radio.received()).hasSize(3);
        assertThat(outbox.entry(0).end()).isEqualTo("abandoned");
        assertThat(outbox.entry(0).message().attempts()).isEqualTo(3);
    }

    @Test
    void leavesAReceiverAloneThatGivesNoResponse() throws Exception {
        receivers.put("radio", reachable(nobodyThere()));
        outbox.add("radio", START);
        outbox.add("radio", START);

        sender.sendDue();
        sender.sendDue();

        assertThat(outbox.entry(0).reason()).startsWith("no response (").doesNotContain("127.0.0.1", "secret-path");
        assertThat(outbox.entry(1).message().attempts())
                .as("the second keeps its attempts")
                .isZero();

        receivers.put("radio", reachable(radio.address()));
        sender.sendDue();
        assertThat(radio.received()).as("still left alone").isEmpty();

        advance(Duration.ofSeconds(10));
        sender.sendDue();
        assertThat(radio.received())
                .extracting(FakeReceiver.Received::body)
                .containsExactly("{\"number\":0}", "{\"number\":1}");
    }

    @Test
    void leavesItAloneForAMinuteAtMost() throws Exception {
        receivers.put("radio", reachable(nobodyThere()));
        outbox.add("radio", START);
        sender.sendDue();
        advance(Duration.ofSeconds(10));
        sender.sendDue();
        receivers.put("radio", reachable(radio.address()));
        outbox.add("radio", START);

        advance(Duration.ofSeconds(59));
        sender.sendDue();
        assertThat(radio.received()).isEmpty();

        advance(Duration.ofSeconds(1));
        sender.sendDue();
        assertThat(radio.received()).extracting(FakeReceiver.Received::body).containsExactly("{\"number\":1}");
    }

    @Test
    void aSlowReceiverHoldsUpNobodyElse() throws Exception {
        try (FakeReceiver television = new FakeReceiver()) {
            CountDownLatch served = new CountDownLatch(1);
            radio.before(_ -> served.await());
            television.before(_ -> served.countDown());
            receivers.put("television", reachable(television.address()));
            outbox.add("radio", START);
            outbox.add("television", START);

            sender.sendDue();

            assertThat(outbox.entry(0).end()).isEqualTo("delivered");
            assertThat(outbox.entry(1).end()).isEqualTo("delivered");
        }
    }

    @Test
    void abandonsWhatIsForNobodyAndKeepsWhatCantBeSentYet() throws Exception {
        receivers.put("radio", new WebhookReceivers.Unusable("no secret"));
        outbox.add("nobody", START);
        outbox.add("radio", START);

        sender.sendDue();

        assertThat(outbox.entry(0).end()).isEqualTo("abandoned");
        assertThat(outbox.entry(1).end()).isEmpty();
        assertThat(outbox.entry(1).reason()).isEqualTo("no secret");
        assertThat(radio.received()).isEmpty();
    }

    @Test
    void keepsAMessageThatWasOnItsWayWhenItIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        radio.before(_ -> {
            arrived.countDown();
            new CountDownLatch(1).await();
        });
        outbox.add("radio", START);
        FutureTask<Boolean> sending = new FutureTask<>(() -> {
            sender.sendDue();
            return true;
        });
        Thread thread = Thread.ofVirtual().start(sending);

        arrived.await();
        thread.interrupt();

        assertThatThrownBy(sending::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(outbox.due(now.get())).hasSize(1);
    }

    private void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    private static WebhookReceivers.Receiver reachable(URI address) {
        return new WebhookReceivers.Reachable(address, Optional.empty());
    }

    /// Nobody listens there, and nobody else can get the port meanwhile.
    private URI nobodyThere() throws IOException {
        nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return URI.create("http://127.0.0.1:" + nobody.getLocalPort() + "/secret-path");
    }
}
