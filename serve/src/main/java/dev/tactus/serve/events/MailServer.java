package dev.tactus.serve.events;

import java.util.Optional;

/// The server that takes mail for people, by SMTP.
///
/// @param from the sender's address
public record MailServer(String host, int port, Security security, Optional<Login> login, String from) {
    /// How the connection is kept from others' eyes.
    public enum Security {
        /// Plain at first, then TLS, which the server has to offer.
        STARTTLS,
        /// TLS from the first byte.
        TLS,
        /// Nothing: for a server on this machine.
        NONE
    }

    /// Who sends.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }
}
