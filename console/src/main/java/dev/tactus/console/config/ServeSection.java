package dev.tactus.console.config;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.events.ChatSettings;
import dev.tactus.serve.events.EventReceiver;
import dev.tactus.serve.schedule.JobRhythm;
import dev.tactus.serve.schedule.ScheduleSection;
import dev.tactus.serve.signin.Person;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.webhook.WebhookSigner;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How pages are served: `serve: …`.
///
/// @param people who may decide what, by their tokens
/// @param hosts names, beside those of this machine to itself, that pages may be asked by
/// @param webhooks who is told of events
public record ServeSection(List<Person> people, List<String> hosts, Deferred<List<EventReceiver>> webhooks) {
    /// What events are about: the word behind `dev.tactus.`.
    private static final List<String> TYPES = List.of("run", "drift", "statement", "period", "limit");

    static ServeSection none() {
        return new ServeSection(List.of(), List.of(), Deferred.of(List::of));
    }

    static ServeSection read(Section serve) {
        serve.only("people", "hosts", "url", "webhooks");
        Optional<URI> site = serve.find("url").map(WebAddress::web);
        return new ServeSection(
                PeopleSection.read(serve),
                serve.find("hosts").map(Value::list).orElse(List.of()).stream()
                        .map(ServeSection::host)
                        .toList(),
                Deferred.of(() -> serve.find("webhooks").map(Value::list).orElse(List.of()).stream()
                        .map(value -> receiver(value.section(), site))
                        .toList()));
    }

    private static String host(Value value) {
        if (!value.text().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")) {
            throw value.bad("expected a host's name without a port, such as tactus.example.com");
        }
        return value.text();
    }

    private static EventReceiver receiver(Section yaml, Optional<URI> site) {
        boolean chat = yaml.has("slack");
        yaml.only(chat ? new String[] {"slack", "types", "digest"} : new String[] {"url", "secret", "types"});
        URI address = WebAddress.web(yaml.require(chat ? "slack" : "url"));
        Set<String> types = new HashSet<>();
        yaml.find("types")
                .ifPresent(list -> list.list()
                        .forEach(type -> types.add(type.oneOf(TYPES.toArray(String[]::new), label -> label))));
        Optional<WebhookSigner> signer = yaml.find("secret").map(ServeSection::signer);
        return new EventReceiver(
                address.getHost() + "#" + Sha256.of(address.toString()).hex(8),
                address,
                signer,
                types,
                chat
                        ? Optional.of(new ChatSettings(yaml.find("digest").map(ServeSection::digest), site))
                        : Optional.empty());
    }

    private static JobRhythm digest(Value value) {
        Section yaml = value.section();
        yaml.only("at", "zone", "day", "every");
        return ScheduleSection.rhythm(yaml);
    }

    private static WebhookSigner signer(Value secret) {
        try {
            return WebhookSigner.of(secret.text().strip());
        } catch (IllegalArgumentException e) {
            throw secret.bad(String.valueOf(e.getMessage()));
        }
    }
}
