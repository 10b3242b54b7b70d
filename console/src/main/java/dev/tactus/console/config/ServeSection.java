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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How pages are served: `serve: …`.
///
/// @param people who may decide what, by their tokens
/// @param hosts names, beside those of this machine to itself, that pages may be asked by
/// @param receivers who is told of events, by webhooks and by mail
public record ServeSection(List<Person> people, List<String> hosts, Deferred<List<EventReceiver>> receivers) {
    /// What events are about: the word behind `dev.tactus.`.
    private static final List<String> TYPES = List.of("run", "deadline", "drift", "statement", "period", "limit");

    static ServeSection none() {
        return new ServeSection(List.of(), List.of(), Deferred.of(List::of));
    }

    static ServeSection read(Section serve) {
        serve.only("people", "hosts", "url", "webhooks", "mail");
        Optional<URI> site = serve.find("url").map(WebAddress::web);
        return new ServeSection(
                PeopleSection.read(serve),
                serve.find("hosts").map(Value::list).orElse(List.of()).stream()
                        .map(ServeSection::host)
                        .toList(),
                Deferred.of(() -> Stream.concat(
                                serve.find("webhooks").map(Value::list).orElse(List.of()).stream()
                                        .map(value -> receiver(value.section(), site)),
                                serve.find("mail").stream()
                                        .flatMap(mail -> MailSection.read(mail.section(), site).stream()))
                        .toList()));
    }

    static String host(Value value) {
        if (!value.text().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")) {
            throw value.bad("expected a host's name without a port, such as tactus.example.com");
        }
        return value.text();
    }

    private static EventReceiver receiver(Section yaml, Optional<URI> site) {
        boolean chat = yaml.has("slack");
        yaml.only(chat ? new String[] {"slack", "types", "digest"} : new String[] {"url", "secret", "types"});
        URI address = WebAddress.web(yaml.require(chat ? "slack" : "url"));
        Optional<WebhookSigner> signer = yaml.find("secret").map(ServeSection::signer);
        return new EventReceiver(
                address.getHost() + "#" + Sha256.of(address.toString()).hex(8),
                address,
                signer,
                types(yaml),
                chat ? Optional.of(new ChatSettings(digest(yaml), site)) : Optional.empty());
    }

    /// What a receiver wants to be told of; all where it says nothing.
    static Set<String> types(Section receiver) {
        return receiver.find("types").map(Value::list).orElse(List.of()).stream()
                .map(type -> type.oneOf(TYPES.toArray(String[]::new), label -> label))
                .collect(Collectors.toSet());
    }

    /// When a receiver wants to be told; at once where it says nothing.
    static Optional<JobRhythm> digest(Section receiver) {
        return receiver.find("digest").map(Value::section).map(yaml -> {
            yaml.only("at", "zone", "day", "every");
            return ScheduleSection.rhythm(yaml);
        });
    }

    private static WebhookSigner signer(Value secret) {
        try {
            return WebhookSigner.of(secret.text().strip());
        } catch (IllegalArgumentException e) {
            throw secret.bad(String.valueOf(e.getMessage()));
        }
    }
}
