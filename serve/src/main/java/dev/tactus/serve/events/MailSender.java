package dev.tactus.serve.events;

import dev.tactus.webhook.MessageSender;
import dev.tactus.webhook.WebhookMessage;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes messages to one person by mail: plain text, one mail a message. Thread-safe.
final class MailSender implements MessageSender {
    private static final String TIMEOUT_MILLIS = "10000";

    private final MailServer server;
    private final String to;
    private final InstantSource clock;
    private final Session session;

    /// @param to the person's address
    MailSender(MailServer server, String to, InstantSource clock) {
        this.server = server;
        this.to = to;
        this.clock = clock;
        this.session = Session.getInstance(properties());
    }

    private Properties properties() {
        boolean tls = server.security() == MailServer.Security.TLS;
        boolean later = server.security() == MailServer.Security.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.auth", String.valueOf(server.login().isPresent()));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(tls));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(later));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(later));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        for (String what : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + what, TIMEOUT_MILLIS);
        }
        return properties;
    }

    @Override
    public void send(WebhookMessage message) throws IOException {
        try {
            MimeMessage mail = mail(message);
            Optional<MailServer.Login> login = server.login();
            if (login.isPresent()) {
                Transport.send(mail, login.get().user(), login.get().password());
            } else {
                Transport.send(mail);
            }
        } catch (AuthenticationFailedException e) {
            throw new IOException("the mail server refuses the user or the password", e);
        } catch (MailConnectException e) {
            throw new IOException("no mail server answers at " + server.host() + ":" + server.port(), e);
        } catch (MessagingException e) {
            throw new IOException("the mail server did not take it" + reply(e), e);
        }
    }

    /// The server's own number for it: its words may repeat what was sent.
    private static String reply(MessagingException refused) {
        for (Throwable each = refused; each != null; each = each.getCause()) {
            if (each instanceof SMTPSendFailedException failed) {
                return " (SMTP " + failed.getReturnCode() + ")";
            }
        }
        return " (" + refused.getClass().getSimpleName() + ")";
    }

    private MimeMessage mail(WebhookMessage message) throws MessagingException {
        JsonNode text = JsonMapper.shared().readTree(message.body());
        MimeMessage mail = new MimeMessage(session) {
            // the same at each attempt, so that a mail program shows one that came twice once.
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + message.id() + "@" + server.host() + ">");
            }
        };
        mail.setFrom(new InternetAddress(server.from()));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject(text.path("subject").asString("Tactus"), StandardCharsets.UTF_8.name());
        mail.setText(text.path("text").asString(""), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        // programs that answer mails by themselves leave it alone
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }
}
