package dev.tactus.simulator;

/// Who sent a request.
///
/// @param token the access token; the address where the service needs none
/// @param client the client id; the address where the service needs none
record Caller(String token, String client) {
    String key(LimitRule.Per per) {
        return switch (per) {
            case TOKEN -> token;
            case CLIENT -> client;
            case EVERYONE -> "everyone";
        };
    }
}
