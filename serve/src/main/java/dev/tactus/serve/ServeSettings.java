package dev.tactus.serve;

import dev.tactus.serve.signin.Person;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// How a site is served.
///
/// @param listen where it listens; port 0 for any free one
/// @param hosts names, beside those of this machine to itself, that it may be asked by
/// @param watched files that change when what commands read changes
/// @param version of the program
/// @param people who may sign in; none where whoever is on this machine may look
/// @param folder where the site keeps what is its own: `serve.db`, `serve-token`, `serve-waiting`
public record ServeSettings(
        InetSocketAddress listen,
        List<String> hosts,
        List<Path> watched,
        String version,
        List<Person> people,
        Path folder) {
    public ServeSettings {
        people = List.copyOf(people);
        hosts = List.copyOf(hosts);
        watched = List.copyOf(watched);
    }
}
