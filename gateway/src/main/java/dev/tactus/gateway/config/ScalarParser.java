package dev.tactus.gateway.config;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Single values of `gateway.yaml`: addresses, paths, sizes, words of a list.
final class ScalarParser {
    private static final Pattern SOCKET = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]*)):(\\d{1,5})");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB|TB)?");

    private ScalarParser() {}

    /// `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`, or `:8080` for every address.
    static InetSocketAddress socket(Value value) {
        Matcher matcher = SOCKET.matcher(value.text().strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw value.bad("expected an address and a port, such as 127.0.0.1:8080, found \"" + value.text() + "\"");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        InetAddress literal = CidrBlock.literal(host).orElse(null);
        InetSocketAddress socket =
                literal == null ? new InetSocketAddress(host, port) : new InetSocketAddress(literal, port);
        if (socket.isUnresolved()) {
            throw value.bad("cannot resolve the host " + host);
        }
        return socket;
    }

    /// A host and a port, which is looked up later and again.
    static InetSocketAddress place(Value value) {
        Matcher matcher = SOCKET.matcher(value.text().strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw value.bad("expected an address and a port, such as 10.0.0.7:9000, found \"" + value.text() + "\"");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        if (host.isEmpty()) {
            throw value.bad("expected an address and a port, such as 10.0.0.7:9000, found \"" + value.text() + "\"");
        }
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(matcher.group(3)));
    }

    /// An absolute http or https address. A refusal does not repeat it, as it may hold a secret.
    static URI web(Value value) {
        try {
            URI address = new URI(value.text().strip());
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw value.bad("expected an address such as https://api.example.com (" + e.getReason() + ")");
        }
        throw value.bad("expected an address such as https://api.example.com, without user, query or fragment");
    }

    static Path path(Value value, Path folder) {
        try {
            return folder.resolve(value.text()).normalize();
        } catch (InvalidPathException e) {
            throw value.bad("not a path: " + e.getReason());
        }
    }

    /// A file that is there.
    static Path file(Value value, Path folder) {
        Path file = path(value, folder);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw value.bad("cannot read " + file + ": it must be a file that this user may read");
        }
        return file;
    }

    /// A duration above zero.
    static Duration duration(Section in, String key, Duration otherwise) {
        return in.find(key)
                .map(value -> {
                    Duration duration = value.duration();
                    if (duration.isZero()) {
                        throw value.bad("must be longer than 0");
                    }
                    return duration;
                })
                .orElse(otherwise);
    }

    /// A size such as `16KB` (of 1024 bytes), or `unlimited` where that is allowed.
    static long bytes(Section in, String key, long otherwise, long most) {
        return in.find(key).map(value -> bytes(value, most)).orElse(otherwise);
    }

    private static long bytes(Value value, long most) {
        String text = value.text().strip().toUpperCase(Locale.ROOT);
        if (text.equals("UNLIMITED") && most == RequestSizeLimits.UNLIMITED) {
            return RequestSizeLimits.UNLIMITED;
        }
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            throw value.bad("expected a size such as 512B, 16KB or 10MB"
                    + (most == RequestSizeLimits.UNLIMITED ? ", or unlimited" : "") + ", found \"" + value.text()
                    + "\"");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long bytes = Long.parseLong(matcher.group(1)) << (10 * "BKMGT".indexOf(unit.charAt(0)));
        if (bytes < 1 || bytes > most) {
            throw value.bad("expected a size from 1B to " + (most >> 10) + "KB, found \"" + value.text() + "\"");
        }
        return bytes;
    }

    /// One of the names of an enum, in lower case with dashes.
    static <E extends Enum<E>> E oneOf(Value value, E[] all) {
        return value.oneOf(all, ScalarParser::label);
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
