package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.ContactSecret;
import dev.tactus.gateway.config.WebhookSigner;
import dev.tactus.gateway.state.ContactMessage;
import dev.tactus.gateway.state.ContactOutbox;
import dev.tactus.gateway.state.StateFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the messages of the outbox to applications' contacts, signed, each until it is taken or three days are over.
///
/// Addresses are looked up in the configuration at each attempt and are neither stored nor logged: whoever knows one
/// can post. Sending blocks, for one thread at a time.
public final class ContactMessageSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContactMessageSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Pauses after the first, second, … failed attempt, as Standard Webhooks proposes; together three days.
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(20));

    private final ContactOutbox messages;
    private final ViolationPolicy conduct;
    private final Optional<WebhookSigner> common;
    private final InstantSource clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param common signs what goes to contacts without a secret of their own
    public ContactMessageSender(
            StateFile file, ViolationPolicy conduct, Optional<WebhookSigner> common, InstantSource clock) {
        messages = file.messages();
        this.conduct = conduct;
        this.common = common;
        this.clock = clock;
    }

    /// Tries every message whose time has come, once.
    public void send() throws InterruptedException {
        for (ContactMessage message : messages.due(clock.instant())) {
            send(message);
        }
    }

    private void send(ContactMessage message) throws InterruptedException {
        Optional<ApplicationSettings> to = conduct.application(message.application());
        Optional<URI> contact = to.flatMap(ApplicationSettings::contact);
        if (contact.isEmpty()) {
            giveUp(message, "the application has no contact any more");
            return;
        }
        Optional<WebhookSigner> signs = to.flatMap(ApplicationSettings::contactSecret)
                .map(ContactSecret::signer)
                .or(() -> common);
        String trouble = signs.isEmpty()
                ? "it can't be signed: its application has no contact_secret and TACTUS_WEBHOOK_SECRET is not set"
                : post(message, contact.get(), signs.get());
        if (trouble.isEmpty()) {
            messages.sent(message.number(), clock.instant());
            conduct.told(message);
            log.info("message {} ({}) has reached {}", message.id(), message.kind(), message.application());
        } else if (message.attempts() >= PAUSES.size()) {
            giveUp(message, trouble);
        } else {
            Instant next = clock.instant().plus(PAUSES.get(message.attempts()));
            messages.failed(message.number(), trouble, next);
            log.warn(
                    "message {} ({}) did not reach {}: {}; next attempt at {}",
                    message.id(),
                    message.kind(),
                    message.application(),
                    trouble,
                    next);
        }
    }

    private void giveUp(ContactMessage message, String why) {
        messages.givenUp(message.number(), why, clock.instant());
        conduct.told(message);
        log.error("message {} ({}) to {} is given up: {}", message.id(), message.kind(), message.application(), why);
    }

    /// Empty if it was taken, otherwise what went wrong.
    private String post(ContactMessage message, URI contact, WebhookSigner with) throws InterruptedException {
        Instant now = clock.instant();
        HttpRequest request = HttpRequest.newBuilder(contact)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", with.sign(message.id(), now, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "it answered " + status;
        } catch (IOException e) {
            // the exception's own words may hold the address
            return "no answer (" + e.getClass().getSimpleName() + ")";
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
