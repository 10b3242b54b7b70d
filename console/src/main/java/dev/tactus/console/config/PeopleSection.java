package dev.tactus.console.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.List;
import java.util.Locale;

/// Who may decide what: `serve: {people: …}`.
public final class PeopleSection {
    /// A person, known by the digest of a token.
    ///
    /// @param tokenSha256 lower-case hex
    public record Person(String name, String tokenSha256, Role role) {}

    /// What a person may do; each role includes those before it.
    public enum Role {
        LOOK,
        DECIDE,
        CLOSE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PeopleSection() {}

    static List<Person> read(Section serve) {
        serve.only("people");
        return serve.find("people").map(Value::list).orElse(List.of()).stream()
                .map(value -> person(value.section()))
                .toList();
    }

    private static Person person(Section yaml) {
        yaml.only("name", "token_sha256", "role");
        Value digest = yaml.require("token_sha256");
        if (!digest.text().matches("[0-9a-f]{64}")) {
            throw digest.bad("expected the SHA-256 of the person's token, 64 hex digits in lower case");
        }
        return new Person(
                yaml.require("name").text(),
                digest.text(),
                yaml.find("role")
                        .map(role -> role.oneOf(Role.values(), Role::label))
                        .orElse(Role.LOOK));
    }
}
