package dev.tactus.serve.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The names that this server may be asked by.
///
/// A site elsewhere can let its own name lead to this machine (DNS rebinding), and the browser then takes our pages for
/// that site's. It can't change the name it is asked by, so any other name is refused.
public final class AllowedHosts {
    private final Set<String> names = new TreeSet<>(Set.of("localhost"));
    private final boolean anyAddress;

    /// The names of this machine to itself, the address that is listened on, and others.
    ///
    /// @param listen the address that is listened on
    /// @param others names by which a proxy or the network knows this server, without a port
    public AllowedHosts(InetAddress listen, Collection<String> others) {
        anyAddress = !listen.isLoopbackAddress();
        names.add(listen.getHostAddress().toLowerCase(Locale.ROOT));
        others.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /// Whether a Host header names this server. Addresses can't be rebound; those of loopback are always right.
    public boolean allows(String host) {
        String name = withoutPort(host.strip()).toLowerCase(Locale.ROOT);
        if (names.contains(name)) {
            return true;
        }
        if (!name.matches("[0-9.]+|[0-9a-f:.]+")) {
            return false;
        }
        try {
            return anyAddress || InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        return host.replaceFirst(":\\d+$", "");
    }
}
