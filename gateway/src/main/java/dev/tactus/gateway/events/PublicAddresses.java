package dev.tactus.gateway.events;

import dev.tactus.gateway.network.CidrBlock;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Which addresses a callback may have: those of the internet, so that no application can make the gateway post to
/// machines that only the gateway reaches (server-side request forgery).
///
/// A name is looked up at each delivery, all its addresses must be allowed, and the connection goes to one of those
/// that were looked at, so that a name that changes meanwhile gains nothing.
final class PublicAddresses {
    /// IANA's special-purpose registries, multicast, and IPv6 forms that hold an IPv4 address.
    private static final List<CidrBlock> SPECIAL = List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .stream()
            .map(CidrBlock::parse)
            .toList();

    /// How names are looked up.
    interface NameResolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final boolean all;
    private final NameResolver names;

    /// @param all whether every address is allowed
    PublicAddresses(boolean all) {
        this(all, InetAddress::getAllByName);
    }

    PublicAddresses(boolean all, NameResolver names) {
        this.all = all;
        this.names = names;
    }

    /// An address to connect to.
    ///
    /// @throws IOException if the name is unknown or one of its addresses isn't allowed; says no address
    InetAddress find(String host) throws IOException {
        InetAddress[] addresses;
        try {
            addresses = names.addresses(host.replaceAll("^\\[|]$", ""));
        } catch (UnknownHostException e) {
            throw new IOException("the callback's host name cannot be resolved", e);
        }
        if (!all && !Arrays.stream(addresses).allMatch(PublicAddresses::isPublic)) {
            throw new IOException("the callback's host is at a private address (events.callbacks.private_addresses)");
        }
        return addresses[0];
    }

    static boolean isPublic(InetAddress address) {
        boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
        return !scoped && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }
}
