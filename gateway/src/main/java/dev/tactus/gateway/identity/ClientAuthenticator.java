package dev.tactus.gateway.identity;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.CidrBlock;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.IdentificationMethod;
import dev.tactus.gateway.config.UnknownApplications;
import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Ticker;
import io.netty.handler.codec.http.HttpHeaders;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells who sent a request. Immutable; a reload makes another one. Thread-safe.
///
/// Keys are known by their SHA-256 only. A stranger that limits are given to is told from others by a verified claim,
/// else by its address: a key that nobody has registered can be made up anew for each request.
public final class ClientAuthenticator {
    private static final RequestIdentity UNKNOWN = new RequestIdentity.Unknown();

    private final IdentificationMethod how;
    private final List<CidrBlock> trustedProxies;
    private final Optional<JwtClaimReader> tokens;
    private final Optional<RequestIdentity.Application> stranger;
    private final Map<String, RequestIdentity.Application> byId = new HashMap<>();
    private final Map<Sha256, RequestIdentity.Application> byKey = new HashMap<>();
    private final Map<CidrBlock, RequestIdentity.Application> byAddress = new HashMap<>();

    public ClientAuthenticator(GatewaySettings settings, UsageMeterRegistry usage, Ticker sinceEpoch) {
        how = settings.identify();
        trustedProxies = settings.trustedProxies();
        tokens = switch (how) {
            case IdentificationMethod.JwtClaim jwt ->
                Optional.of(new JwtClaimReader(jwt.claim(), jwt.keys(), sinceEpoch));
            case IdentificationMethod.Header header -> Optional.empty();
            case IdentificationMethod.Bearer bearer -> Optional.empty();
            case IdentificationMethod.Address address -> Optional.empty();
        };
        Optional<BigDecimal> share = Optional.of(
                settings.violations().map(ViolationSettings::restrictTo).orElse(ViolationSettings.RESTRICT_TO));
        for (ApplicationSettings each : settings.applications()) {
            RequestIdentity.Application application =
                    RequestIdentity.Application.of(each.id(), new UsagePlan(each.limits()), share, usage);
            byId.put(each.id(), application);
            each.keySha256().forEach(key -> byKey.put(Sha256.parse(key), application));
            each.addresses().forEach(range -> byAddress.put(range, application));
        }
        stranger = switch (settings.unknown()) {
            case UnknownApplications.Rejected rejected -> Optional.empty();
            case UnknownApplications.Limited(var limits) ->
                Optional.of(RequestIdentity.Application.of(
                        UsageMeterRegistry.STRANGERS, new UsagePlan(limits), Optional.empty(), usage));
        };
    }

    /// Who sent a request with these headers, over a connection from this address.
    ///
    /// @param last whose key came over this connection before
    public RequestIdentity of(HttpHeaders headers, InetAddress peer, ApiKeyCache last) {
        Optional<RequestIdentity.Application> known = switch (how) {
            case IdentificationMethod.Header(String name) -> byKey(Optional.ofNullable(headers.get(name)), last);
            case IdentificationMethod.Bearer bearer -> byKey(ClientAddressResolver.bearer(headers), last);
            case IdentificationMethod.JwtClaim claim -> claim(headers).map(byId::get);
            case IdentificationMethod.Address address ->
                byAddress(ClientAddressResolver.of(peer, headers, trustedProxies));
        };
        if (known.isPresent()) {
            return known.get();
        }
        return stranger.<RequestIdentity>map(one -> one.keyed(strangersKey(headers, peer)))
                .orElse(UNKNOWN);
    }

    /// What a 401 asks for.
    public String challenge() {
        return switch (how) {
            case IdentificationMethod.Header(String name) -> "ApiKey header=\"" + name + "\"";
            case IdentificationMethod.Bearer bearer -> "Bearer";
            case IdentificationMethod.JwtClaim claim -> "Bearer";
            case IdentificationMethod.Address address -> "Address";
        };
    }

    private String strangersKey(HttpHeaders headers, InetAddress peer) {
        Optional<String> claimed = tokens.filter(JwtClaimReader::verifies).flatMap(some -> claim(headers));
        return claimed.map(value -> "\nclaim " + value)
                .orElseGet(() -> "\naddress "
                        + ClientAddressResolver.of(peer, headers, trustedProxies)
                                .getHostAddress());
    }

    private Optional<String> claim(HttpHeaders headers) {
        return tokens.flatMap(some -> ClientAddressResolver.bearer(headers).flatMap(some::claim));
    }

    private Optional<RequestIdentity.Application> byKey(Optional<String> key, ApiKeyCache last) {
        return key.flatMap(text -> last.owner(text, this, this::byHash));
    }

    private Optional<RequestIdentity.Application> byHash(String key) {
        return Optional.ofNullable(byKey.get(Sha256.of(key)));
    }

    private Optional<RequestIdentity.Application> byAddress(InetAddress address) {
        return byAddress.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .max((a, b) -> Integer.compare(a.getKey().prefix(), b.getKey().prefix()))
                .map(Map.Entry::getValue);
    }
}
