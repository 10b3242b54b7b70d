package dev.tactus.console.config;

import dev.tactus.serve.events.ChatSettings;
import dev.tactus.serve.events.EventReceiver;
import dev.tactus.serve.events.MailServer;
import dev.tactus.serve.schedule.JobRhythm;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is told of events by mail: `serve.mail: …`.
final class MailSection {
    /// What mail servers take without quotes.
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,250}");

    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_TLS = 465;
    private static final int RELAY = 25;
    private static final int HIGHEST_PORT = 65_535;

    private MailSection() {}

    static List<EventReceiver> read(Section yaml, Optional<URI> site) {
        yaml.only("host", "port", "security", "user", "password", "from", "to");
        MailServer server = server(yaml);
        List<EventReceiver> people = new ArrayList<>();
        for (Value person : yaml.require("to").list()) {
            Section entry = person.section();
            entry.only("address", "types", "digest");
            String address = address(entry.require("address"));
            Optional<JobRhythm> digest = ServeSection.digest(entry);
            String name = address + (digest.isPresent() ? " (digest)" : "");
            if (people.stream().anyMatch(other -> other.name().equals(name))) {
                throw person.bad(address + " stands twice; give all its types in one entry");
            }
            people.add(new EventReceiver(
                    name,
                    URI.create("mailto:" + address),
                    Optional.empty(),
                    ServeSection.types(entry),
                    Optional.of(new ChatSettings(digest, site, Optional.of(server)))));
        }
        return people;
    }

    private static MailServer server(Section yaml) {
        MailServer.Security security = yaml.find("security")
                .map(value -> value.oneOf(
                        MailServer.Security.values(), one -> one.name().toLowerCase(Locale.ROOT)))
                .orElse(MailServer.Security.STARTTLS);
        Optional<MailServer.Login> login = yaml.find("user")
                .map(user -> new MailServer.Login(
                        user.text(), yaml.require("password").text().strip()));
        if (login.isEmpty() && yaml.has("password")) {
            throw yaml.require("password").bad("a password needs a user");
        }
        return new MailServer(
                ServeSection.host(yaml.require("host")),
                yaml.find("port").map(value -> value.whole(1, HIGHEST_PORT)).orElse(usual(security)),
                security,
                login,
                address(yaml.require("from")));
    }

    private static int usual(MailServer.Security security) {
        return switch (security) {
            case STARTTLS -> SUBMISSION;
            case TLS -> SUBMISSION_TLS;
            case NONE -> RELAY;
        };
    }

    private static String address(Value value) {
        String address = value.text().strip();
        if (!ADDRESS.matcher(address).matches()) {
            throw value.bad("expected an address such as royalties@example.com");
        }
        return address;
    }
}
