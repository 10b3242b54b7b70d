package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.ContactSecret;
import dev.tactus.gateway.state.ContactMessage;
import dev.tactus.gateway.state.ContactOutbox;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.webhook.RetrySchedule;
import dev.tactus.webhook.WebhookMessage;
import dev.tactus.webhook.WebhookOutbox;
import dev.tactus.webhook.WebhookReceivers;
import dev.tactus.webhook.WebhookSender;
import dev.tactus.webhook.WebhookSigner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the messages of the state file to applications' contacts, signed, each until it is delivered or three days are
/// over. Sending blocks, for one thread at a time.
public final class ContactMessageSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContactMessageSender.class);

    private final ViolationPolicy policy;
    private final Optional<WebhookSigner> common;
    private final WebhookSender sender;

    /// @param common signs what goes to contacts without a secret of their own
    public ContactMessageSender(
            StateFile file, ViolationPolicy policy, Optional<WebhookSigner> common, InstantSource clock) {
        this.policy = policy;
        this.common = common;
        this.sender = new WebhookSender(
                new Outbox(file.messages(), clock),
                this::receiver,
                RetrySchedule.THREE_DAYS,
                clock,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /// Tries every message that is due, once.
    public void send() throws InterruptedException {
        sender.sendDue();
    }

    private WebhookReceivers.Receiver receiver(String application) {
        Optional<ApplicationSettings> settings = policy.application(application);
        Optional<URI> contact = settings.flatMap(ApplicationSettings::contact);
        if (contact.isEmpty()) {
            return new WebhookReceivers.Gone("the application no longer has a contact");
        }
        Optional<WebhookSigner> signer = settings.flatMap(ApplicationSettings::contactSecret)
                .map(ContactSecret::signer)
                .or(() -> common);
        return signer.isEmpty()
                ? new WebhookReceivers.Unusable(
                        "no secret to sign it with: the application has no contact_secret and TACTUS_WEBHOOK_SECRET is not set")
                : new WebhookReceivers.Reachable(contact.get(), signer);
    }

    @Override
    public void close() {
        sender.close();
    }

    /// The state file's messages. A notice that was delivered or abandoned begins the grace of its application.
    private final class Outbox implements WebhookOutbox {
        private final ContactOutbox messages;
        private final InstantSource clock;

        Outbox(ContactOutbox messages, InstantSource clock) {
            this.messages = messages;
            this.clock = clock;
        }

        @Override
        public List<WebhookMessage> due(Instant now) {
            return messages.due(now).stream().map(Outbox::message).toList();
        }

        private static WebhookMessage message(ContactMessage message) {
            return new WebhookMessage(
                    message.number(),
                    message.id(),
                    message.application(),
                    message.kind(),
                    message.body(),
                    message.attempts());
        }

        @Override
        public void delivered(WebhookMessage message) {
            messages.sent(message.number(), clock.instant());
            policy.told(message.receiver(), message.type());
        }

        @Override
        public void failed(WebhookMessage message, String reason, Instant nextAttempt) {
            messages.failed(message.number(), reason, nextAttempt);
        }

        @Override
        public void abandoned(WebhookMessage message, String reason) {
            messages.givenUp(message.number(), reason, clock.instant());
            policy.told(message.receiver(), message.type());
            log.error(
                    "message {} ({}) to {} is abandoned: {}", message.id(), message.type(), message.receiver(), reason);
        }
    }
}
