package dev.tactus.console.config;

import dev.tactus.serve.signin.Person;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.List;

/// How pages are served: `serve: …`.
///
/// @param people who may decide what, by their tokens
/// @param hosts names, beside those of this machine to itself, that pages may be asked by
public record ServeSection(List<Person> people, List<String> hosts) {
    static ServeSection none() {
        return new ServeSection(List.of(), List.of());
    }

    static ServeSection read(Section serve) {
        serve.only("people", "hosts");
        return new ServeSection(
                PeopleSection.read(serve),
                serve.find("hosts").map(Value::list).orElse(List.of()).stream()
                        .map(ServeSection::host)
                        .toList());
    }

    private static String host(Value value) {
        if (!value.text().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")) {
            throw value.bad("expected a host's name without a port, such as tactus.example.com");
        }
        return value.text();
    }
}
