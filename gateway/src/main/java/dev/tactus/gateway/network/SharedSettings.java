package dev.tactus.gateway.network;

import java.util.Optional;

/// The Redis server that several gateways share their quotas, keys and standings by.
///
/// @param whenLost what becomes of requests while it can't be reached
public record SharedSettings(String host, int port, int database, Optional<String> password, WhenLost whenLost) {
    /// What a gateway does on its own.
    public enum WhenLost {
        /// It goes on by what it knows itself.
        LOCAL("each gateway keeps the limits by itself until it is reachable again"),
        /// It answers 503.
        REFUSE("requests are answered 503 until it is reachable again");

        private final String meaning;

        WhenLost(String meaning) {
            this.meaning = meaning;
        }

        /// For a person.
        public String meaning() {
            return meaning;
        }
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "redis://" + (password.isPresent() ? "***@" : "") + host + ":" + port
                + (database == 0 ? "" : "/" + database);
    }
}
