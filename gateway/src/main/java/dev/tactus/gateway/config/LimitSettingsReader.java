package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.CostRule;
import dev.tactus.gateway.quota.LimitAlgorithm;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.PacerLimits;
import dev.tactus.gateway.quota.QuotaPartition;
import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.gateway.quota.UpstreamQuota;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads limits: the common ones, and those of an application, which by name replace what they say of a common one.
final class LimitSettingsReader {
    private LimitSettingsReader() {}

    static List<LimitSettings> limits(Optional<Value> value, GatewayMode mode) {
        return over(List.of(), value, mode);
    }

    /// The same, without those that are none of the common ones.
    ///
    /// @param known the names of all upstreams' limits, where they are known
    static List<LimitSettings> overKnown(
            List<LimitSettings> common, Optional<Value> value, GatewayMode mode, Optional<Set<String>> known) {
        List<LimitSettings> all = List.copyOf(common);
        for (Value each : value.map(Value::list).orElse(List.of())) {
            Value named = each.section().require("name");
            String name = named.text();
            if (known.isPresent() && !known.get().contains(name)) {
                List<String> names = known.get().stream().sorted().toList();
                throw named.bad("no upstream has a limit called " + name + "; "
                        + Value.nearest(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("they have " + String.join(", ", names)));
            }
            all = all.stream()
                    .map(limit -> limit.name().equals(name) ? limit(each, Map.of(name, limit), mode) : limit)
                    .toList();
        }
        return all;
    }

    /// The common limits with others put over them; a name that is new is one more limit.
    static List<LimitSettings> over(List<LimitSettings> common, Optional<Value> value, GatewayMode mode) {
        if (value.isEmpty()) {
            return List.copyOf(common);
        }
        Map<String, LimitSettings> all = new LinkedHashMap<>();
        common.forEach(limit -> all.put(limit.name(), limit));
        List<String> here = new ArrayList<>();
        for (Value each : value.map(Value::list).orElse(List.of())) {
            LimitSettings limit = limit(each, all, mode);
            if (here.contains(limit.name())) {
                throw each.bad("duplicate limit name " + limit.name());
            }
            here.add(limit.name());
            if (!all.containsKey(limit.name())) {
                Value.nearest(
                                limit.name(),
                                common.stream().map(LimitSettings::name).toList())
                        .ifPresent(near -> {
                            throw each.section()
                                    .require("name")
                                    .bad("did you mean the limit " + near + "? One more limit needs a name that is"
                                            + " less like it than " + limit.name());
                        });
            }
            all.put(limit.name(), limit);
        }
        return List.copyOf(all.values());
    }

    /// The names of all limits that upstreams have: their own, or the common ones.
    static Set<String> namesOfAll(Section yaml) {
        return Stream.concat(
                        yaml.find("limits").stream(),
                        yaml.find("upstreams").map(Value::list).orElse(List.of()).stream()
                                .flatMap(each -> each.section().find("limits").stream()))
                .flatMap(limits -> limits.list().stream())
                .map(limit -> limit.section().require("name").text())
                .collect(Collectors.toSet());
    }

    private static LimitSettings limit(Value value, Map<String, LimitSettings> common, GatewayMode mode) {
        Section yaml = value.section();
        yaml.only(
                "name",
                "permits",
                "window",
                "kind",
                "burst",
                "match",
                "cost",
                "costs",
                "shadow",
                "counts_refused",
                "ignore_case",
                "per",
                "zone",
                "penalty",
                "in_flight",
                "learned",
                "cost_from",
                "cost_header");
        if (mode == GatewayMode.ENFORCE) {
            UpstreamQuotaReader.refuse(yaml);
        }
        String name = yaml.require("name").text();
        @Nullable LimitSettings base = common.get(name);
        boolean inFlight = yaml.has("in_flight");
        boolean learned = mode == GatewayMode.PACE && UpstreamQuotaReader.learned(yaml);
        int permits = learned
                ? 1
                : base != null && !yaml.has("permits")
                        ? base.permits()
                        : yaml.require(inFlight ? "in_flight" : "permits").whole(1, 100_000_000);
        LimitAlgorithm kind = yaml.find("kind")
                .filter(text -> mode == GatewayMode.ENFORCE || !text.text().equals("counter"))
                .map(text -> ScalarParser.oneOf(text, LimitAlgorithm.values()))
                .orElse(base == null ? LimitAlgorithm.SLIDING : base.kind());
        UpstreamQuota before = base == null ? UpstreamQuota.UNKNOWN : base.upstream();
        UpstreamQuota upstream = UpstreamQuotaReader.readCost(yaml, before);
        if (learned) {
            upstream = UpstreamQuota.LEARNED;
        } else if (mode == GatewayMode.PACE) {
            upstream = UpstreamQuotaReader.read(yaml, before, permits);
        }
        yaml.find("burst").filter(burst -> kind != LimitAlgorithm.BUCKET).ifPresent(burst -> {
            throw burst.bad("burst is for kind: bucket only");
        });
        boolean ignoresCase = yaml.find("ignore_case")
                .map(Value::flag)
                .orElse(base != null && base.match().ignoresCase());
        try {
            LimitSettings limit = new LimitSettings(
                    name,
                    permits,
                    base != null && !yaml.has("window") ? base.window() : UpstreamQuotaReader.window(yaml, upstream),
                    kind,
                    yaml.find("burst").map(burst -> burst.whole(1, 100_000_000)).orElse(permits),
                    yaml.find("match")
                            .map(match -> cased(match(match), ignoresCase))
                            .orElse(base == null ? RoutePattern.ALL : cased(base.match(), ignoresCase)),
                    yaml.find("cost")
                            .map(cost -> cost.whole(0, 1_000_000))
                            .orElse(base == null ? Integer.valueOf(1) : Integer.valueOf(base.cost())),
                    yaml.find("costs")
                            .map(costs -> costs(costs, ignoresCase))
                            .orElse(base == null ? List.of() : base.costs()),
                    yaml.find("shadow").map(Value::flag).orElse(base != null && base.shadow()),
                    yaml.find("counts_refused").map(Value::flag).orElse(base != null && base.countsRefused()),
                    partition(yaml, base, mode),
                    upstream);
            if (mode == GatewayMode.PACE) {
                PacerLimits.check(limit);
            }
            limit.named(); // the engine may know why it can't be
            return limit;
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }

    private static QuotaPartition partition(Section yaml, @Nullable LimitSettings base, GatewayMode mode) {
        QuotaPartition otherwise = mode == GatewayMode.ENFORCE ? QuotaPartition.APPLICATION : QuotaPartition.ALL;
        return yaml.find("per").map(per -> partition(per, mode)).orElse(base == null ? otherwise : base.partition());
    }

    private static QuotaPartition partition(Value per, GatewayMode mode) {
        return switch (per.text()) {
            case "application" -> QuotaPartition.APPLICATION;
            case "token" -> {
                if (mode == GatewayMode.ENFORCE) {
                    throw per.bad("per: token is for mode: pace only; in enforce mode each application has its quota");
                }
                yield QuotaPartition.TOKEN;
            }
            default ->
                throw per.bad("expected application or token, found \"" + per.text()
                        + "\"; leave it out and all clients share the limit");
        };
    }

    private static RoutePattern cased(RoutePattern route, boolean ignoresCase) {
        return ignoresCase ? route.ignoringCase() : route;
    }

    private static List<CostRule> costs(Value value, boolean ignoresCase) {
        return value.list().stream()
                .map(each -> {
                    Section yaml = each.section();
                    yaml.only("path", "methods", "cost");
                    return new CostRule(
                            cased(route(each, yaml), ignoresCase),
                            yaml.require("cost").whole(0, 1_000_000));
                })
                .toList();
    }

    private static RoutePattern match(Value value) {
        Section yaml = value.section();
        yaml.only("path", "methods");
        return route(value, yaml);
    }

    private static RoutePattern route(Value value, Section yaml) {
        Set<String> methods = yaml.find("methods").map(Value::list).orElse(List.of()).stream()
                .map(method -> method.text().toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        try {
            return new RoutePattern(yaml.find("path").map(Value::text).orElse("/"), methods);
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }
}
