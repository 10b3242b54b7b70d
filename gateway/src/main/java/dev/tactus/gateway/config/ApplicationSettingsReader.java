package dev.tactus.gateway.config;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads who calls: by what callers are known, the applications, and what becomes of unknown ones.
final class ApplicationSettingsReader {
    private static final List<String> WAYS = List.of("header", "jwt_claim", "bearer", "certificate", "address");

    private ApplicationSettingsReader() {}

    static IdentificationMethod identify(Section yaml, Path folder) {
        Optional<Section> found = yaml.find("identify").map(Value::section);
        if (found.isEmpty()) {
            return new IdentificationMethod.Header("X-Api-Key");
        }
        Section identify = found.get();
        identify.only(
                "header",
                "jwt_claim",
                "keys",
                "jwks_uri",
                "issuer",
                "audience",
                "bearer",
                "certificate",
                "address",
                "trusted_proxies");
        List<String> ways = WAYS.stream().filter(identify::has).toList();
        if (ways.size() != 1) {
            throw identify.bad("expected exactly one of " + String.join(", ", WAYS)
                    + (ways.isEmpty() ? "" : ", found " + String.join(" and ", ways)));
        }
        String way = ways.getFirst();
        for (String key : List.of("keys", "jwks_uri", "issuer", "audience")) {
            if (identify.has(key) && !way.equals("jwt_claim")) {
                throw identify.require(key).bad(key + " is for the tokens of jwt_claim only");
            }
        }
        Value value = identify.require(way);
        return switch (way) {
            case "header" -> new IdentificationMethod.Header(name(value));
            case "jwt_claim" -> jwtClaim(value, identify, folder);
            case "bearer" -> {
                on(value);
                yield new IdentificationMethod.Bearer();
            }
            case "certificate" -> {
                on(value);
                if (yaml.find("tls").filter(tls -> tls.section().has("clients")).isEmpty()) {
                    throw value.bad("clients show a certificate only where tls: {clients: FILE} asks for it");
                }
                yield new IdentificationMethod.Certificate();
            }
            default -> {
                on(value);
                yield new IdentificationMethod.Address();
            }
        };
    }

    private static IdentificationMethod.JwtClaim jwtClaim(Value claim, Section identify, Path folder) {
        boolean verifies = identify.has("keys") || identify.has("jwks_uri");
        if (identify.has("keys") && identify.has("jwks_uri")) {
            throw identify.bad("expected keys (a file) or jwks_uri (an address), found both");
        }
        for (String key : List.of("issuer", "audience")) {
            if (identify.has(key) && !verifies) {
                throw identify.require(key).bad("is checked only where tokens are verified: add keys or jwks_uri");
            }
        }
        return new IdentificationMethod.JwtClaim(
                claim.text(),
                identify.find("keys").map(keys -> ScalarParser.file(keys, folder)),
                identify.find("jwks_uri").map(ScalarParser::web),
                identify.find("issuer").map(Value::text),
                identify.find("audience")
                        .map(value -> value.isList()
                                ? value.list().stream().map(Value::text).toList()
                                : List.of(value.text()))
                        .orElse(List.of()));
    }

    static List<CidrBlock> trustedProxies(Section yaml) {
        return yaml.find("identify")
                .flatMap(value -> value.section().find("trusted_proxies"))
                .map(ApplicationSettingsReader::ranges)
                .orElse(List.of());
    }

    /// Those of the YAML file, and those of the file that it names.
    static List<ApplicationSettings> applications(Section yaml, Optional<Path> more, CommonLimits common) {
        DistinctApplications applications = new DistinctApplications();
        for (Value value : yaml.find("applications").map(Value::list).orElse(List.of())) {
            Section one = value.section();
            applications.add(application(one, common), one.require("id")::bad);
        }
        more.ifPresent(lines -> new ApplicationsFile(lines, common).read(applications));
        return applications.all();
    }

    /// By default callers must be known where anybody is: else nobody would be let in.
    static UnknownApplications unknown(Section yaml, CommonLimits common, List<ApplicationSettings> applications) {
        Optional<Value> value = yaml.find("unknown_applications");
        if (value.isEmpty()) {
            return applications.isEmpty()
                    ? new UnknownApplications.Limited(common.limits())
                    : new UnknownApplications.Rejected();
        }
        if (value.get().isSection()) {
            Section section = value.get().section();
            section.only("limits", "plan");
            return new UnknownApplications.Limited(common.with(section.find("plan"), section.find("limits")));
        }
        if (value.get().text().equals("reject")) {
            return new UnknownApplications.Rejected();
        }
        throw value.get()
                .bad("expected reject or {limits: […]}, found \"" + value.get().text() + "\"");
    }

    static ApplicationSettings application(Section yaml, CommonLimits common) {
        yaml.only("id", "key_sha256", "addresses", "contact", "contact_secret", "plan", "organization", "limits");
        Stream<Value> keys = yaml.find("key_sha256").map(Value::list).orElse(List.of()).stream();
        List<LimitSettings> limits = common.with(yaml.find("plan"), yaml.find("limits"));
        Value id = yaml.require("id");
        ApplicationSettings.wrongId(id.text()).ifPresent(why -> {
            throw id.bad(why);
        });
        try {
            return new ApplicationSettings(
                    id.text(),
                    keys.map(ApplicationSettingsReader::hash).toList(),
                    yaml.find("addresses")
                            .map(ApplicationSettingsReader::ranges)
                            .orElse(List.of()),
                    yaml.find("contact").map(ScalarParser::web),
                    yaml.find("contact_secret").map(secret -> ContactSecret.read(secret, common.folder())),
                    yaml.find("plan").map(Value::text),
                    Organizations.of(yaml, limits, common),
                    limits);
        } catch (IllegalArgumentException e) {
            throw yaml.bad(String.valueOf(e.getMessage()));
        }
    }

    private static Sha256 hash(Value value) {
        String hash = value.text();
        if (!hash.matches("[0-9a-f]{64}")) {
            throw value.bad("expected the SHA-256 of a key as 64 digits of lower-case hex (printf %s KEY | sha256sum)");
        }
        return Sha256.parse(hash);
    }

    private static List<CidrBlock> ranges(Value value) {
        return value.list().stream()
                .map(each -> {
                    try {
                        return CidrBlock.parse(each.text());
                    } catch (IllegalArgumentException e) {
                        throw each.bad(String.valueOf(e.getMessage()));
                    }
                })
                .toList();
    }

    private static String name(Value value) {
        if (value.text().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
            return value.text();
        }
        throw value.bad("expected the name of a header, such as X-Api-Key, found \"" + value.text() + "\"");
    }

    private static void on(Value value) {
        if (!value.flag()) {
            throw value.bad("expected true, or another kind of identification");
        }
    }
}
