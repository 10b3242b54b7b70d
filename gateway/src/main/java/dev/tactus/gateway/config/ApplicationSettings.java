package dev.tactus.gateway.config;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One application of `gateway.yaml`.
///
/// @param id its name in usage, violations and metrics; the value of the JWT claim where that identifies
/// @param keySha256 SHA-256 of its keys or bearer tokens; several while one is rotated
/// @param addresses where it calls from, where the address identifies
/// @param contact where notices are sent
/// @param contactSecret signs them; where there is none, the gateway's common one does
/// @param plan the name of its plan, if it has one
/// @param organization the name of the one it belongs to, whose limits hold over its own
/// @param limits the limits that hold for it: its plan's or the common ones, with its own put over them
public record ApplicationSettings(
        String id,
        List<Sha256> keySha256,
        List<CidrBlock> addresses,
        Optional<URI> contact,
        Optional<ContactSecret> contactSecret,
        Optional<String> plan,
        Optional<String> organization,
        List<LimitSettings> limits) {
    /// Reads one from JSON with the keys that it has in YAML.
    ///
    /// @param settings whose limits hold where it has none of its own
    /// @throws InvalidConfiguration whose message says the key and what would be right
    public static ApplicationSettings read(String json, GatewaySettings settings) {
        return ApplicationSettingsReader.application(
                Section.parse("application", json, name -> null),
                new CommonLimits(
                        settings.limits(),
                        settings.plans(),
                        settings.organizations(),
                        settings.mode(),
                        Objects.requireNonNull(settings.file().toAbsolutePath().getParent()),
                        !settings.name().isEmpty()));
    }

    public ApplicationSettings {
        if (id.isBlank() || id.length() > 100 || id.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("an application's id is a text of 1 to 100 characters");
        }
        if (id.startsWith(Organizations.PREFIX)) {
            throw new IllegalArgumentException("an application's id can't begin with " + Organizations.PREFIX
                    + ", under which usage of organizations is counted");
        }
        if (contactSecret.isPresent() && contact.isEmpty()) {
            throw new IllegalArgumentException("application " + id + " has a contact_secret but no contact");
        }
        keySha256 = List.copyOf(keySha256);
        addresses = List.copyOf(addresses);
        limits = List.copyOf(limits);
    }
}
