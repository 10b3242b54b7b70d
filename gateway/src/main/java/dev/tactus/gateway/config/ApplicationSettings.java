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
import java.util.stream.Collectors;

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
                        !settings.name().isEmpty(),
                        settings.upstreams().isEmpty()
                                ? Optional.empty()
                                : Optional.of(settings.each().stream()
                                        .flatMap(each -> each.limits().stream())
                                        .map(LimitSettings::name)
                                        .collect(Collectors.toSet()))));
    }

    public ApplicationSettings {
        wrongId(id).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        if (contactSecret.isPresent() && contact.isEmpty()) {
            throw new IllegalArgumentException("application " + id + " has a contact_secret but no contact");
        }
        keySha256 = List.copyOf(keySha256);
        addresses = List.copyOf(addresses);
        limits = List.copyOf(limits);
    }

    /// Why a text can't be an application's id, if it can't: it is a part of addresses such as `/applications/radio`,
    /// and in usage it stands beside names that the gateway gives.
    static Optional<String> wrongId(String id) {
        if (id.isBlank() || id.length() > 100 || id.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("an application's id is a text of 1 to 100 characters");
        }
        if (id.startsWith(Organizations.PREFIX)) {
            return Optional.of("an application's id can't begin with " + Organizations.PREFIX
                    + ", under which usage of organizations is counted");
        }
        if (id.contains("/") || id.equals(".") || id.equals("..")) {
            return Optional.of("an application's id is a part of addresses such as /applications/radio, so it can't be"
                    + " . or .. or have a / in it; found \"" + id + "\"");
        }
        if (id.startsWith("(")) {
            return Optional.of("an application's id can't begin with (, as names do that the gateway gives, such as"
                    + " (unknown); found \"" + id + "\"");
        }
        return Optional.empty();
    }
}
