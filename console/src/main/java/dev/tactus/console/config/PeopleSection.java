package dev.tactus.console.config;

import dev.tactus.serve.signin.Person;
import dev.tactus.serve.signin.Role;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.List;

/// Who may decide what: `serve: {people: …}`.
final class PeopleSection {
    private PeopleSection() {}

    static List<Person> read(Section serve) {
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
