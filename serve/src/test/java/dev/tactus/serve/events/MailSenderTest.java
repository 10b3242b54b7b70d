package dev.tactus.serve.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tactus.serve.ManualClock;
import dev.tactus.webhook.WebhookMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {
    private static final String BODY = "{\"subject\":\"Dürer \\u6b4c\",\"text\":\"one\\ntwo \\u6b4c\\n\"}";

    private final ManualClock clock = new ManualClock("2026-11-01T12:00:00Z");
    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        mails.start();
    }

    @AfterEach
    void stop() {
        mails.stop();
    }

    @Test
    void aMessageArrivesAsPlainTextWithTheSameIdAtEachAttempt() throws Exception {
        MailSender sender = sender(MailServer.Security.NONE, Optional.empty());

        sender.send(message());
        sender.send(message());

        MimeMessage[] arrived = mails.getReceivedMessages();
        assertThat(arrived).hasSize(2);
        assertThat(arrived[0].getSubject()).isEqualTo("Dürer \u6b4c");
        assertThat(arrived[0].getContent().toString()).isEqualToNormalizingNewlines("one\ntwo \u6b4c");
        assertThat(arrived[0].getContentType()).startsWith("text/plain");
        assertThat(arrived[0].getFrom()[0]).hasToString("tactus@example.com");
        assertThat(arrived[0].getAllRecipients()[0]).hasToString("ada@example.com");
        assertThat(arrived[0].getSentDate()).isEqualTo("2026-11-01T12:00:00Z");
        assertThat(arrived[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(ids(arrived[0])).isEqualTo(ids(arrived[1])).contains("evt-1");
    }

    @Test
    void aServerThatOffersNoTlsIsToldNothing() {
        assertThatThrownBy(() ->
                        sender(MailServer.Security.STARTTLS, Optional.empty()).send(message()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the mail server did not take it");
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    @Test
    void aLoginIsUsedAndARefusedOneIsSaidWithoutThePassword() throws Exception {
        mails.setUser("ada@example.com", "ada", "right");

        sender(MailServer.Security.NONE, Optional.of(new MailServer.Login("ada", "right")))
                .send(message());
        assertThat(mails.getReceivedMessages()).hasSize(1);

        MailServer.Login wrong = new MailServer.Login("ada", "s3cret");
        assertThat(wrong.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() ->
                        sender(MailServer.Security.NONE, Optional.of(wrong)).send(message()))
                .isInstanceOf(IOException.class)
                .hasMessage("the mail server refuses the user or the password");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        MailServer away =
                new MailServer("127.0.0.1", port, MailServer.Security.NONE, Optional.empty(), "tactus@example.com");

        assertThatThrownBy(() -> new MailSender(away, "ada@example.com", clock).send(message()))
                .isInstanceOf(IOException.class)
                .hasMessage("no mail server answers at 127.0.0.1:" + port);
    }

    private MailSender sender(MailServer.Security security, Optional<MailServer.Login> login) {
        return new MailSender(
                new MailServer("127.0.0.1", mails.getSmtp().getPort(), security, login, "tactus@example.com"),
                "ada@example.com",
                clock);
    }

    private static String ids(MimeMessage mail) throws MessagingException {
        return String.join(" ", mail.getHeader("Message-ID"));
    }

    private static WebhookMessage message() {
        return new WebhookMessage(1, "evt-1", "ada@example.com", "dev.tactus.run.finished", BODY, 0);
    }
}
