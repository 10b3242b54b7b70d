package dev.tactus.gateway;

import dev.tactus.gateway.config.GatewayMode;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.http.TlsContexts;
import dev.tactus.gateway.identity.ClientAuthenticator;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.network.Upstream;
import dev.tactus.gateway.proxy.EventRoute;
import dev.tactus.gateway.proxy.OpenPolicy;
import dev.tactus.gateway.proxy.RuntimeConfig;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.proxy.UpstreamSelector;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.upstream.UpstreamResolver;
import dev.tactus.gateway.upstream.UpstreamTarget;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.settings.InvalidConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes what the data path goes by from what `gateway.yaml` says: who may ask, what decides, where requests go.
final class RuntimeConfigFactory {
    private final Gateway.Dependencies dependencies;
    private final TrafficPolicy.Factory policies;
    private final Optional<UpstreamTarget> eventsTarget;

    RuntimeConfigFactory(Gateway.Dependencies dependencies, TrafficPolicy.Factory policies) {
        this.dependencies = dependencies;
        this.policies = policies;
        eventsTarget = dependencies.events().map(server -> {
            Upstream there = Upstream.plain("127.0.0.1", server.address().getPort());
            return new UpstreamTarget(there, new UpstreamResolver(there), Optional.empty());
        });
    }

    /// @param before whose connections can go on
    /// @throws InvalidConfiguration for files that the configuration names and that can't be used
    RuntimeConfig make(GatewaySettings settings, Set<UpstreamTarget> before) {
        try {
            RuntimeConfig plain = plain(settings, before);
            RuntimeConfig first = eventsTarget.isEmpty() || settings.events().isEmpty() ? plain : withEvents(plain);
            if (settings.upstreams().isEmpty()) {
                return first;
            }
            return first.with(new UpstreamSelector(settings.upstreams().stream()
                    .map(route -> new UpstreamSelector.Route(
                            route.host(),
                            route.path(),
                            route.settings().name().equals(settings.name()) ? first : plain(route.settings(), before)))
                    .toList()));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(settings.file() + ": " + e.getMessage());
        }
    }

    private RuntimeConfig plain(GatewaySettings settings, Set<UpstreamTarget> before) {
        return new RuntimeConfig(
                settings,
                new ClientAuthenticator(settings, dependencies.usage(), dependencies.created(), dependencies.ticker()),
                policies.make(settings),
                target(settings.upstream(), before),
                settings.tls().map(TlsContexts::server),
                dependencies.polling(),
                dependencies.tracer(),
                dependencies.accessLog(),
                Optional.empty());
    }

    private RuntimeConfig withEvents(RuntimeConfig plain) {
        GatewaySettings settings = plain.settings();
        RuntimeConfig forward = new RuntimeConfig(
                settings,
                plain.authenticator(),
                new OpenPolicy(),
                eventsTarget.orElseThrow(),
                plain.tls(),
                plain.polling(),
                plain.tracer(),
                plain.accessLog(),
                Optional.empty());
        UsagePlan plan = new UsagePlan(settings.mode() == GatewayMode.PACE ? settings.limits() : List.of());
        EventRoute route = new EventRoute(
                forward,
                RequestIdentity.Application.of(
                        UsageMeterRegistry.EVENTS,
                        new RequestIdentity.Plans(plan, Optional.empty()),
                        dependencies.usage()),
                dependencies.events().orElseThrow().secret(),
                settings.events().orElseThrow().prefix());
        return new RuntimeConfig(
                settings,
                plain.authenticator(),
                plain.policy(),
                plain.target(),
                plain.tls(),
                plain.polling(),
                plain.tracer(),
                plain.accessLog(),
                Optional.of(route));
    }

    /// Where requests may go by a configuration.
    Set<UpstreamTarget> targets(RuntimeConfig of) {
        Set<UpstreamTarget> targets = new HashSet<>();
        of.all().forEach(each -> targets.add(each.target()));
        eventsTarget.ifPresent(targets::add);
        return targets;
    }

    private static UpstreamTarget target(Upstream upstream, Set<UpstreamTarget> before) {
        return before.stream()
                .filter(target -> target.upstream().equals(upstream) && !upstream.tls())
                .findFirst()
                .orElseGet(() -> new UpstreamTarget(
                        upstream,
                        new UpstreamResolver(upstream),
                        upstream.tls() ? Optional.of(TlsContexts.client(upstream)) : Optional.empty()));
    }
}
