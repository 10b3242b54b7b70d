package dev.tactus.gateway.config;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.quota.LimitSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// One application of `gateway.yaml`.
///
/// @param id its name in usage, violations and metrics; the value of the JWT claim where that identifies
/// @param keySha256 SHA-256 of its keys or bearer tokens; several while one is rotated
/// @param addresses where it calls from, where the address identifies
/// @param contact where notices are sent
/// @param contactSecret signs them; where there is none, the gateway's common one does
/// @param limits the limits that hold for it: the common ones with its own put over them
public record ApplicationSettings(
        String id,
        List<Sha256> keySha256,
        List<CidrBlock> addresses,
        Optional<URI> contact,
        Optional<ContactSecret> contactSecret,
        List<LimitSettings> limits) {
    public ApplicationSettings {
        if (id.isBlank() || id.length() > 100 || id.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("an application's id is a text of 1 to 100 characters");
        }
        if (contactSecret.isPresent() && contact.isEmpty()) {
            throw new IllegalArgumentException("application " + id + " has a contact_secret but no contact");
        }
        keySha256 = List.copyOf(keySha256);
        addresses = List.copyOf(addresses);
        limits = List.copyOf(limits);
    }
}
