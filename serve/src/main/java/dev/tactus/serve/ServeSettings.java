package dev.tactus.serve;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// How a site is served.
///
/// @param listen where it listens; port 0 for any free one
/// @param hosts names, beside those of this machine to itself, that it may be asked by
/// @param watched files that change when what commands read changes
/// @param version of the program
public record ServeSettings(InetSocketAddress listen, List<String> hosts, List<Path> watched, String version) {
    public ServeSettings {
        hosts = List.copyOf(hosts);
        watched = List.copyOf(watched);
    }
}
