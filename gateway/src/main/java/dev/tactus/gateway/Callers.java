package dev.tactus.gateway;

import dev.tactus.limits.Ticker;
import io.netty.handler.codec.http.HttpHeaders;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells who sent a request. Immutable; a reload makes another one. Thread-safe.
///
/// Keys are known by their SHA-256 only. A stranger that limits are given to is told from others by a verified claim,
/// else by its address: a key that nobody has registered can be made up anew for each request.
final class Callers {
    private static final Identity UNKNOWN = new Identity.Unknown();

    private final Identify how;
    private final List<AddressRange> trustedProxies;
    private final Optional<Tokens> tokens;
    private final Optional<Identity.Application> stranger;
    private final Map<String, Identity.Application> byId = new HashMap<>();
    private final Map<Digest, Identity.Application> byKey = new HashMap<>();
    private final Map<AddressRange, Identity.Application> byAddress = new HashMap<>();
    private final MessageDigest sha256 = sha256();

    /// A SHA-256 as four numbers, which compare faster than text.
    private record Digest(long a, long b, long c, long d) {
        static Digest of(byte[] hash) {
            return new Digest(number(hash, 0), number(hash, 8), number(hash, 16), number(hash, 24));
        }

        private static long number(byte[] bytes, int from) {
            long number = 0;
            for (int i = from; i < from + 8; i++) {
                number = (number << 8) | (bytes[i] & 0xff);
            }
            return number;
        }
    }

    Callers(GatewaySettings settings, Usage usage, Ticker sinceEpoch) {
        how = settings.identify();
        trustedProxies = settings.trustedProxies();
        tokens = switch (how) {
            case Identify.JwtClaim jwt -> Optional.of(new Tokens(jwt.claim(), jwt.keys(), sinceEpoch));
            case Identify.Header header -> Optional.empty();
            case Identify.Bearer bearer -> Optional.empty();
            case Identify.Address address -> Optional.empty();
        };
        Optional<BigDecimal> share =
                Optional.of(settings.violations().map(Violations::restrictTo).orElse(Violations.RESTRICT_TO));
        for (ApplicationSettings each : settings.applications()) {
            Identity.Application application =
                    Identity.Application.of(each.id(), new Plan(each.limits()), share, usage);
            byId.put(each.id(), application);
            each.keySha256().forEach(key -> byKey.put(Digest.of(HexFormat.of().parseHex(key)), application));
            each.addresses().forEach(range -> byAddress.put(range, application));
        }
        stranger = switch (settings.unknown()) {
            case UnknownApplications.Rejected rejected -> Optional.empty();
            case UnknownApplications.Limited(var limits) ->
                Optional.of(Identity.Application.of(Usage.STRANGERS, new Plan(limits), Optional.empty(), usage));
        };
    }

    /// Who sent a request with these headers, over a connection from this address.
    ///
    /// @param last whose key came over this connection before
    Identity of(HttpHeaders headers, InetAddress peer, LastKey last) {
        Optional<Identity.Application> known = switch (how) {
            case Identify.Header(String name) -> byKey(Optional.ofNullable(headers.get(name)), last);
            case Identify.Bearer bearer -> byKey(Origin.bearer(headers), last);
            case Identify.JwtClaim claim -> claim(headers).map(byId::get);
            case Identify.Address address -> byAddress(Origin.of(peer, headers, trustedProxies));
        };
        if (known.isPresent()) {
            return known.get();
        }
        return stranger.<Identity>map(one -> one.keyed(strangersKey(headers, peer)))
                .orElse(UNKNOWN);
    }

    /// What a 401 asks for.
    String challenge() {
        return switch (how) {
            case Identify.Header(String name) -> "ApiKey header=\"" + name + "\"";
            case Identify.Bearer bearer -> "Bearer";
            case Identify.JwtClaim claim -> "Bearer";
            case Identify.Address address -> "Address";
        };
    }

    private String strangersKey(HttpHeaders headers, InetAddress peer) {
        Optional<String> claimed = tokens.filter(Tokens::verifies).flatMap(some -> claim(headers));
        return claimed.map(value -> "\nclaim " + value)
                .orElseGet(() ->
                        "\naddress " + Origin.of(peer, headers, trustedProxies).getHostAddress());
    }

    private Optional<String> claim(HttpHeaders headers) {
        return tokens.flatMap(some -> Origin.bearer(headers).flatMap(some::claim));
    }

    private Optional<Identity.Application> byKey(Optional<String> key, LastKey last) {
        return key.flatMap(text -> last.owner(text, this, this::byHash));
    }

    private Optional<Identity.Application> byHash(String key) {
        return Optional.ofNullable(byKey.get(Digest.of(hash(key))));
    }

    private Optional<Identity.Application> byAddress(InetAddress address) {
        return byAddress.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .max((a, b) -> Integer.compare(a.getKey().prefix(), b.getKey().prefix()))
                .map(Map.Entry::getValue);
    }

    private byte[] hash(String key) {
        try {
            return ((MessageDigest) sha256.clone()).digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            return sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
