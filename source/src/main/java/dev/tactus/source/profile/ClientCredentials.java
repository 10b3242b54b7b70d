package dev.tactus.source.profile;

/// A client id and its secret, for the `client_credentials` grant of OAuth 2 (RFC 6749, 4.4).
///
/// Its `toString` masks the secret, so that a record holding it may be logged.
///
/// @param clientId the public half
/// @param clientSecret the secret half
public record ClientCredentials(String clientId, String clientSecret) {
    public ClientCredentials {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client id is blank");
        }
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException("client secret is blank");
        }
    }

    @Override
    public String toString() {
        return "Credentials[clientId=" + clientId + ", clientSecret=***]";
    }
}
