package dev.tactus.gateway.identity;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.IdentificationMethod;
import dev.tactus.gateway.config.UnknownApplications;
import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Ticker;
import io.netty.handler.codec.http.HttpHeaders;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tells who sent a request. A reload makes another one. Thread-safe.
///
/// Keys are known by their SHA-256 only. An application's plan is made when its first request comes, and shared by all
/// that have no limits of their own, so that applications that don't call cost next to nothing. A stranger that limits
/// are given to is told from others by a verified claim, else by its address: a key that nobody has registered can be
/// made up anew for each request.
public final class ClientAuthenticator implements AutoCloseable {
    private static final RequestIdentity UNKNOWN = new RequestIdentity.Unknown();

    private final GatewaySettings settings;
    private final UsageMeterRegistry usage;
    private final CreatedApplications created;
    private final IdentificationMethod how;
    private final List<CidrBlock> trustedProxies;
    private final Optional<JwtClaimReader> tokens;
    private final Optional<RequestIdentity.Application> stranger;
    private final Map<String, ApplicationSettings> byId = new HashMap<>();
    private final Map<Sha256, String> byKey = new HashMap<>();
    private final Map<CidrBlock, String> byAddress = new HashMap<>();
    /// By the very list of limits, which all have that have none of their own.
    private final IdentityHashMap<List<LimitSettings>, RequestIdentity.Plans> shared = new IdentityHashMap<>();
    private final Map<String, RequestIdentity.Organization> organizations = new HashMap<>();
    private final Map<String, RequestIdentity.Application> made = new ConcurrentHashMap<>();
    private volatile long madeFor;

    /// @param created the applications and keys that the configuration doesn't name
    public ClientAuthenticator(
            GatewaySettings settings, UsageMeterRegistry usage, CreatedApplications created, Ticker sinceEpoch) {
        this.settings = settings;
        this.usage = usage;
        this.created = created;
        how = settings.identify();
        trustedProxies = settings.trustedProxies();
        tokens = how instanceof IdentificationMethod.JwtClaim claim
                ? Optional.of(new JwtClaimReader(claim, sinceEpoch))
                : Optional.empty();
        shared.put(settings.limits(), plans(settings.limits()));
        settings.plans().values().forEach(limits -> shared.put(limits, plans(limits)));
        settings.organizations()
                .forEach((id, limits) -> organizations.put(
                        id, RequestIdentity.Organization.of(id, settings.name(), new UsagePlan(limits), usage)));
        for (ApplicationSettings each : settings.applications()) {
            byId.put(each.id(), each);
            each.keySha256().forEach(key -> byKey.put(key, each.id()));
            each.addresses().forEach(range -> byAddress.put(range, each.id()));
        }
        stranger = switch (settings.unknown()) {
            case UnknownApplications.Rejected rejected -> Optional.empty();
            case UnknownApplications.Limited(var limits) ->
                Optional.of(RequestIdentity.Application.of(
                        UsageMeterRegistry.STRANGERS,
                        settings.name(),
                        new RequestIdentity.Plans(new UsagePlan(limits), Optional.empty()),
                        usage));
        };
    }

    private RequestIdentity.Plans plans(List<LimitSettings> limits) {
        BigDecimal share =
                settings.violations().map(ViolationSettings::restrictTo).orElse(ViolationSettings.RESTRICT_TO);
        UsagePlan plan = new UsagePlan(limits);
        return new RequestIdentity.Plans(plan, Optional.of(plan.restrictedTo(share)));
    }

    /// Who sent a request with these headers, over a connection from this address.
    ///
    /// @param certificate the SHA-256 of the certificate that the client has shown
    /// @param last whose key came over this connection before
    public RequestIdentity of(HttpHeaders headers, InetAddress peer, Optional<Sha256> certificate, ApiKeyCache last) {
        if (madeFor != created.version()) {
            madeFor = created.version();
            made.clear();
        }
        Optional<RequestIdentity.Application> known = switch (how) {
            case IdentificationMethod.Header(String name) -> byKey(Optional.ofNullable(headers.get(name)), last);
            case IdentificationMethod.Bearer bearer -> byKey(ClientAddressResolver.bearer(headers), last);
            case IdentificationMethod.JwtClaim claim -> claim(headers).flatMap(this::application);
            case IdentificationMethod.Certificate shown -> certificate.flatMap(this::byHash);
            case IdentificationMethod.Address address -> byAddress(address(headers, peer));
        };
        if (known.isPresent()) {
            return known.get();
        }
        return stranger.<RequestIdentity>map(one -> one.keyed(strangersKey(headers, peer) + "\n" + settings.name()))
                .orElse(UNKNOWN);
    }

    private InetAddress address(HttpHeaders headers, InetAddress peer) {
        return ClientAddressResolver.of(peer, headers, trustedProxies, settings.forwardedBy());
    }

    private Optional<RequestIdentity.Application> application(String id) {
        RequestIdentity.Application known = made.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        return Optional.ofNullable(byId.get(id))
                .or(() -> created.application(id, settings))
                .map(each -> made.computeIfAbsent(id, missing -> make(each)));
    }

    private RequestIdentity.Application make(ApplicationSettings each) {
        RequestIdentity.Plans known = shared.get(each.limits());
        RequestIdentity.Application alone = RequestIdentity.Application.of(
                each.id(), settings.name(), known == null ? plans(each.limits()) : known, usage);
        return each.organization().map(organizations::get).map(alone::in).orElse(alone);
    }

    /// What a 401 asks for.
    public String challenge() {
        return switch (how) {
            case IdentificationMethod.Header(String name) -> "ApiKey header=\"" + name + "\"";
            case IdentificationMethod.Bearer bearer -> "Bearer";
            case IdentificationMethod.JwtClaim claim -> "Bearer";
            case IdentificationMethod.Certificate certificate -> "Certificate";
            case IdentificationMethod.Address address -> "Address";
        };
    }

    private String strangersKey(HttpHeaders headers, InetAddress peer) {
        Optional<String> claimed = tokens.filter(JwtClaimReader::verifies).flatMap(some -> claim(headers));
        return claimed.map(value -> "\nclaim " + value).orElseGet(() -> "\naddress " + host(address(headers, peer)));
    }

    /// Whoever has an address of IPv6 has as many as there are: they share what one has.
    private static String host(InetAddress address) {
        return address instanceof Inet6Address ? CidrBlock.ofHost(address).toString() : address.getHostAddress();
    }

    private Optional<String> claim(HttpHeaders headers) {
        return tokens.flatMap(some -> ClientAddressResolver.bearer(headers).flatMap(some::claim));
    }

    private Optional<RequestIdentity.Application> byKey(Optional<String> key, ApiKeyCache last) {
        return key.flatMap(text -> last.owner(text, this, created.version(), this::byHash));
    }

    private Optional<RequestIdentity.Application> byHash(String key) {
        return byHash(Sha256.of(key));
    }

    private Optional<RequestIdentity.Application> byHash(Sha256 hash) {
        return Optional.ofNullable(byKey.get(hash))
                .or(() -> created.owner(hash))
                .flatMap(this::application);
    }

    private Optional<RequestIdentity.Application> byAddress(InetAddress address) {
        return byAddress.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .max((a, b) -> Integer.compare(a.getKey().prefix(), b.getKey().prefix()))
                .flatMap(entry -> application(entry.getValue()));
    }

    @Override
    public void close() {
        tokens.ifPresent(JwtClaimReader::close);
    }
}
