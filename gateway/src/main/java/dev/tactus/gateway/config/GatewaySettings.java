package dev.tactus.gateway.config;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.ForwardedField;
import dev.tactus.gateway.network.SharedSettings;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.gateway.network.Upstream;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.gateway.usage.AccessLogSettings;
import dev.tactus.settings.Section;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What `gateway.yaml` says, checked. Immutable; a reload makes another one.
///
/// @param file the YAML file; paths in it are relative to its folder
/// @param listen where callers come; port 0 takes any free one
/// @param admin where health, metrics and usage are served; nowhere if absent
/// @param state the SQLite file for usage, violations and learned ceilings
/// @param trustedProxies whose word about the caller's address counts
/// @param forwardedBy where they say it
/// @param refusalBody the body of refusals instead of the dialect's; `{limit}`, `{retry_after}`, `{permits}` and
/// `{window}` are put in
/// @param limits the common ones
/// @param plans limits that several applications have, over the common ones, by name
/// @param organizations limits that the applications of an organization share, by its id
/// @param applicationsFile where those of the applications stand that the YAML doesn't name, one a line
/// @param violations absent where nobody watches for them
/// @param warnings absent where nobody is warned before refusals
/// @param accessLog absent where none is kept
/// @param threads event loops; the number of processors by default
/// @param name of the upstream that these are for; empty where there is one
/// @param upstreams all of them where there are several; these settings are the first one's
public record GatewaySettings(
        Path file,
        InetSocketAddress listen,
        Optional<InetSocketAddress> admin,
        Path state,
        Upstream upstream,
        GatewayMode mode,
        IdentificationMethod identify,
        List<CidrBlock> trustedProxies,
        ForwardedField forwardedBy,
        RateLimitDialect dialect,
        Optional<String> refusalBody,
        List<LimitSettings> limits,
        Map<String, List<LimitSettings>> plans,
        Map<String, List<LimitSettings>> organizations,
        List<ApplicationSettings> applications,
        Optional<Path> applicationsFile,
        UnknownApplications unknown,
        Timeouts timeouts,
        Optional<ViolationSettings> violations,
        Optional<WarningSettings> warnings,
        QueueSettings waiting,
        RequestSizeLimits sizes,
        Optional<TlsSettings> tls,
        Optional<EventSettings> events,
        Optional<SharedSettings> shared,
        Optional<AccessLogSettings> accessLog,
        int threads,
        String name,
        List<UpstreamRoute> upstreams) {
    /// One of several upstreams.
    ///
    /// @param host in small letters; any where empty
    /// @param settings what holds for it
    public record UpstreamRoute(Optional<String> host, RoutePattern path, GatewaySettings settings) {}

    public GatewaySettings {
        trustedProxies = List.copyOf(trustedProxies);
        limits = List.copyOf(limits);
        plans = Map.copyOf(plans);
        organizations = Map.copyOf(organizations);
        applications = List.copyOf(applications);
        upstreams = List.copyOf(upstreams);
        LimitSettings.requireDistinct(limits);
    }

    GatewaySettings with(List<UpstreamRoute> all) {
        return new GatewaySettings(
                file,
                listen,
                admin,
                state,
                upstream,
                mode,
                identify,
                trustedProxies,
                forwardedBy,
                dialect,
                refusalBody,
                limits,
                plans,
                organizations,
                applications,
                applicationsFile,
                unknown,
                timeouts,
                violations,
                warnings,
                waiting,
                sizes,
                tls,
                events,
                shared,
                accessLog,
                threads,
                name,
                all);
    }

    /// What holds for each upstream.
    public List<GatewaySettings> each() {
        return upstreams.isEmpty()
                ? List.of(this)
                : upstreams.stream().map(UpstreamRoute::settings).toList();
    }

    /// Reads a file.
    ///
    /// @throws InvalidConfiguration whose message says file, line, key and what would be right
    public static GatewaySettings read(Path file, UnaryOperator<@Nullable String> variables) {
        Path absolute = file.toAbsolutePath().normalize();
        return GatewaySettingsReader.read(Section.read(file, variables), absolute);
    }
}
