package dev.tactus.gateway.violations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeContact;
import dev.tactus.gateway.ManualClock;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.ContactSecret;
import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.webhook.RetrySchedule;
import dev.tactus.webhook.WebhookSigner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactMessageSenderTest {
    private static final byte[] KEY = "twenty-four bytes or more of it".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final ViolationSettings RULES = ViolationSettings.of(
            "20% refused on 1 of 7 days", Duration.ofDays(14), new BigDecimal("0.5"), Duration.ofDays(30));

    private final ManualClock clock = new ManualClock("2026-11-01T12:00:00Z");

    @TempDir
    private Path folder;

    private StateFile file;
    private FakeContact contact;
    private ViolationPolicy conduct;
    private ContactMessageSender outbox;

    @BeforeEach
    void noticeAnApplication() throws Exception {
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        contact = new FakeContact();
        start();
        file.usage().add(List.of(new MinuteUsage("radio", clock.instant().getEpochSecond() / 60, 0, 9, 0, List.of())));
        clock.advance(Duration.ofDays(1));
        conduct.review();
    }

    @AfterEach
    void close() {
        outbox.close();
        contact.close();
        file.close();
    }

    @Test
    void signsAsStandardWebhooksDoes() throws Exception {
        outbox.send();

        FakeContact.Received received = contact.received().getFirst();
        String id = received.headers().get("webhook-id");
        String timestamp = received.headers().get("webhook-timestamp");
        assertThat(timestamp).isEqualTo(String.valueOf(clock.instant().getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String expected = Base64.getEncoder()
                .encodeToString(
                        mac.doFinal((id + "." + timestamp + "." + received.body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(received.headers()).containsEntry("webhook-signature", "v1," + expected);
        assertThat(received.body()).contains("\"type\":\"application.noticed\"");
    }

    @Test
    void signsWithTheContactsOwnSecretWhereItHasOne() throws Exception {
        byte[] own = "another secret, known to radio only".getBytes(StandardCharsets.US_ASCII);
        WebhookSigner signer = WebhookSigner.of("whsec_" + Base64.getEncoder().encodeToString(own));
        conduct.configure(List.of(radio(Optional.of(new ContactSecret(signer, Optional.empty())))), Optional.of(RULES));
        outbox.close();
        outbox = new ContactMessageSender(file, conduct, Optional.empty(), clock); // no common one is needed
        outbox.send();

        FakeContact.Received received = contact.received().getFirst();
        assertThat(received.headers())
                .containsEntry(
                        "webhook-signature",
                        signer.sign(file.messages().to("radio", 1).getFirst().id(), clock.instant(), received.body()));
    }

    @Test
    void sendsAMessageOnce() throws Exception {
        outbox.send();
        clock.advance(Duration.ofDays(1));
        outbox.send();
        assertThat(contact.received()).hasSize(1);
        assertThat(file.cases().of("radio").toldAt()).contains(Instant.parse("2026-11-02T12:00:00Z"));
    }

    @Test
    void triesAgainWithGrowingPausesAndTheSameIdAlsoAfterARestart() throws Exception {
        contact.answers(500);
        outbox.send();
        outbox.send();
        assertThat(contact.received()).as("not before the pause is over").hasSize(1);
        clock.advance(RetrySchedule.THREE_DAYS.pauses().get(0));
        outbox.send();
        assertThat(contact.received()).hasSize(2);
        assertThat(file.messages().to("radio", 1).getFirst().lastError()).contains("HTTP 500");

        outbox.close();
        file.close();
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        start();
        contact.answers(200);
        clock.advance(RetrySchedule.THREE_DAYS.pauses().get(1));
        outbox.send();
        assertThat(contact.received())
                .hasSize(3)
                .extracting(received -> received.headers().get("webhook-id"))
                .containsOnly(contact.received().getFirst().headers().get("webhook-id"));
        assertThat(file.messages().waiting()).isZero();
    }

    @Test
    void givesUpAfterThreeDaysAndLetsTheGraceBegin() throws Exception {
        contact.answers(404);
        outbox.send();
        for (Duration pause : RetrySchedule.THREE_DAYS.pauses()) {
            assertThat(file.cases().of("radio").toldAt()).isEmpty();
            clock.advance(pause);
            outbox.send();
        }
        assertThat(contact.received()).hasSize(RetrySchedule.THREE_DAYS.pauses().size() + 1);
        assertThat(file.messages().to("radio", 1).getFirst().givenUpAt()).contains(clock.instant());
        assertThat(file.cases().of("radio").toldAt()).contains(clock.instant());
    }

    @Test
    void doesNotSendUnsigned() throws Exception {
        outbox.close();
        outbox = new ContactMessageSender(file, conduct, Optional.empty(), clock);
        outbox.send();
        assertThat(contact.received()).isEmpty();
        assertThat(file.messages().to("radio", 1).getFirst().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("TACTUS_WEBHOOK_SECRET"));
    }

    @Test
    void givesUpWhereNobodyIsToBeToldAnyMore() throws Exception {
        conduct.configure(List.of(), Optional.of(RULES));
        outbox.send();
        assertThat(file.messages().waiting()).isZero();
    }

    private void start() {
        conduct = new ViolationPolicy(file, new ComplianceStatuses(), clock);
        conduct.configure(List.of(radio(Optional.empty())), Optional.of(RULES));
        outbox = new ContactMessageSender(file, conduct, Optional.of(WebhookSigner.of(SECRET)), clock);
    }

    private ApplicationSettings radio(Optional<ContactSecret> secret) {
        return new ApplicationSettings(
                "radio",
                List.of(),
                List.of(),
                Optional.of(contact.address()),
                secret,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
