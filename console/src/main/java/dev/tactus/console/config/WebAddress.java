package dev.tactus.console.config;

import dev.tactus.settings.Value;
import java.net.URI;
import java.net.URISyntaxException;

/// Web addresses in a configuration.
final class WebAddress {
    private WebAddress() {}

    /// An absolute http or https address. A refusal does not repeat it, as it may hold a secret.
    static URI web(Value value) {
        try {
            URI address = new URI(value.text().strip());
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (web && address.getHost() != null && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw value.bad("expected an address such as https://api.example.com (" + e.getReason() + ")");
        }
        throw value.bad("expected an address such as https://api.example.com");
    }
}
