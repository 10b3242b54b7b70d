package dev.tactus.simulator.quota;

/// Who sent a request.
///
/// @param token the access token; the address where the service needs none
/// @param client the client id; the address where the service needs none
public record ClientIdentity(String token, String client) {
    String key(LimitRule.Per per) {
        return switch (per) {
            case TOKEN -> token;
            case CLIENT -> client;
            case EVERYONE -> "everyone";
        };
    }
}
