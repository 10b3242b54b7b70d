package dev.tactus.gateway.config;

import dev.tactus.gateway.network.ForwardedField;
import dev.tactus.gateway.network.SharedSettings;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.gateway.usage.AccessLogSettings;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/// Reads [GatewaySettings] from YAML. [LimitSettingsReader] reads limits, [ApplicationSettingsReader] who calls,
/// [ScalarParser] single values.
final class GatewaySettingsReader {
    private static final int MOST_THREADS = 256;
    private static final double MOST_LEFT = 0.95;
    private static final int MOST_UPSTREAMS = 64;
    private static final List<String> OF_PACE =
            List.of("patience", "queue", "leave", "refusal_statuses", "disguised_refusals");
    private static final List<String> PUT_IN = List.of("limit", "permits", "window", "retry_after");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_]+)}");
    private static final Pattern SHARED = Pattern.compile(
            "redis://(?::([^@]+)@)?([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?(?:/(\\d{1,2}))?");

    private GatewaySettingsReader() {}

    static GatewaySettings read(Section yaml, Path file) {
        yaml.only(
                "version",
                "listen",
                "admin",
                "state",
                "upstream",
                "upstream_tls",
                "upstream_addresses",
                "health",
                "retries",
                "upstreams",
                "mode",
                "identify",
                "forwarded_by",
                "dialect",
                "refusal_body",
                "limits",
                "plans",
                "organizations",
                "applications",
                "applications_file",
                "unknown_applications",
                "timeouts",
                "violations",
                "warnings",
                "patience",
                "queue",
                "leave",
                "refusal_statuses",
                "disguised_refusals",
                "sizes",
                "tls",
                "events",
                "shared",
                "when_shared_is_lost",
                "access_log",
                "threads");
        yaml.find("version").filter(version -> !version.text().equals("1")).ifPresent(version -> {
            throw version.bad("this Tactus reads version 1");
        });
        Path folder = file.getParent() == null ? file : file.getParent();
        Optional<Value> several = yaml.find("upstreams");
        if (several.isEmpty()) {
            GatewaySettings only = read(yaml, file, folder, Optional.empty());
            requirePace(yaml, only);
            return only;
        }
        for (String key : List.of("upstream", "upstream_tls", "upstream_addresses", "health", "retries")) {
            yaml.find(key).ifPresent(value -> {
                throw value.bad("upstreams stands in place of upstream: say " + key + " of each of them");
            });
        }
        List<GatewaySettings.UpstreamRoute> routes = several.get().list().stream()
                .map(each -> route(yaml, file, folder, each))
                .toList();
        Set<String> names = new HashSet<>();
        routes.stream()
                .map(route -> route.settings().name())
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw several.get().bad("two upstreams are called " + name);
                });
        if (routes.isEmpty() || routes.size() > MOST_UPSTREAMS) {
            throw several.get().bad("expected from 1 to " + MOST_UPSTREAMS + " upstreams, found " + routes.size());
        }
        GatewaySettings all = routes.getFirst().settings().with(routes);
        requirePace(yaml, all);
        return all;
    }

    /// Refuses what would mean nothing, as no upstream is paced.
    private static void requirePace(Section yaml, GatewaySettings all) {
        if (all.each().stream().allMatch(each -> each.mode() == GatewayMode.ENFORCE)) {
            for (String key : OF_PACE) {
                yaml.find(key).ifPresent(value -> {
                    throw value.bad(key + " is for mode: pace only");
                });
            }
        }
    }

    private static String refusalBody(Value value) {
        Matcher placeholders = PLACEHOLDER.matcher(value.text());
        while (placeholders.find()) {
            String name = placeholders.group(1);
            if (!PUT_IN.contains(name)) {
                throw value.bad("nothing is put in for {" + name + "}; "
                        + Value.nearest(name, PUT_IN)
                                .map(near -> "did you mean {" + near + "}?")
                                .orElse("known are {" + String.join("}, {", PUT_IN) + "}"));
            }
        }
        return value.text();
    }

    private static GatewaySettings.UpstreamRoute route(Section yaml, Path file, Path folder, Value value) {
        Section one = value.section();
        one.only("name", "url", "match", "ignore_case", "limits", "mode", "tls", "addresses", "health", "retries");
        Optional<Section> match = one.find("match").map(Value::section);
        match.ifPresent(section -> section.only("host", "path"));
        try {
            RoutePattern path = new RoutePattern(
                    match.flatMap(section -> section.find("path"))
                            .map(Value::text)
                            .orElse("/"),
                    Set.of());
            return new GatewaySettings.UpstreamRoute(
                    match.flatMap(section -> section.find("host"))
                            .map(host -> host.text().strip().toLowerCase(Locale.ROOT)),
                    one.find("ignore_case").map(Value::flag).orElse(false) ? path.ignoringCase() : path,
                    read(yaml, file, folder, Optional.of(one)));
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }

    private static String name(Section upstream) {
        Value value = upstream.require("name");
        if (value.text().matches("[a-z0-9][a-z0-9_-]{0,40}")) {
            return value.text();
        }
        throw value.bad(
                "an upstream's name is made of a-z, 0-9, - and _, such as search, not \"" + value.text() + "\"");
    }

    /// @param one of several upstreams
    private static GatewaySettings read(Section yaml, Path file, Path folder, Optional<Section> one) {
        GatewayMode mode = one.flatMap(section -> section.find("mode"))
                .or(() -> yaml.find("mode"))
                .map(value -> ScalarParser.oneOf(value, GatewayMode.values()))
                .orElse(GatewayMode.ENFORCE);
        List<LimitSettings> limits = LimitSettingsReader.limits(
                one.flatMap(section -> section.find("limits")).or(() -> yaml.find("limits")), mode);
        CommonLimits common =
                CommonLimits.read(yaml, limits, mode, folder, one.map(_ -> LimitSettingsReader.namesOfAll(yaml)));
        Optional<Path> applicationsFile = yaml.find("applications_file").map(value -> ScalarParser.file(value, folder));
        List<ApplicationSettings> applications = ApplicationSettingsReader.applications(yaml, applicationsFile, common);
        try {
            return new GatewaySettings(
                    file,
                    ScalarParser.socket(yaml.require("listen")),
                    yaml.find("admin").map(ScalarParser::socket),
                    yaml.find("state")
                            .map(value -> ScalarParser.path(value, folder))
                            .orElseGet(() -> folder.resolve("gateway.db")),
                    one.map(section -> UpstreamReader.oneOfSeveral(section, folder))
                            .orElseGet(() -> UpstreamReader.only(yaml, folder)),
                    mode,
                    ApplicationSettingsReader.identify(yaml, folder),
                    ApplicationSettingsReader.trustedProxies(yaml),
                    yaml.find("forwarded_by")
                            .map(value -> ScalarParser.oneOf(value, ForwardedField.values()))
                            .orElse(ForwardedField.X_FORWARDED_FOR),
                    yaml.find("dialect")
                            .map(value -> ScalarParser.oneOf(value, RateLimitDialect.values()))
                            .orElse(RateLimitDialect.STANDARD),
                    yaml.find("refusal_body").map(GatewaySettingsReader::refusalBody),
                    limits,
                    common.plans(),
                    common.organizations(),
                    applications,
                    applicationsFile,
                    ApplicationSettingsReader.unknown(yaml, common, applications),
                    yaml.find("timeouts")
                            .map(value -> timeouts(value.section()))
                            .orElse(Timeouts.DEFAULTS),
                    yaml.find("violations").map(GatewaySettingsReader::violations),
                    WarningSettings.read(yaml.find("warnings")),
                    new QueueSettings(
                            ScalarParser.duration(yaml, "patience", QueueSettings.DEFAULTS.patience()),
                            yaml.find("queue")
                                    .map(value -> value.whole(1, 1_000_000))
                                    .orElse(QueueSettings.DEFAULTS.queue()),
                            leave(yaml),
                            refusalStatuses(yaml),
                            disguises(yaml)),
                    yaml.find("sizes").map(value -> sizes(value.section())).orElse(RequestSizeLimits.DEFAULTS),
                    yaml.find("tls").map(value -> tls(value.section(), folder)),
                    yaml.find("events").map(EventSettings::read),
                    shared(yaml, mode),
                    yaml.find("access_log").map(value -> accessLog(value, folder)),
                    yaml.find("threads")
                            .map(value -> value.whole(1, MOST_THREADS))
                            .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                    one.map(GatewaySettingsReader::name).orElse(""),
                    List.of());
        } catch (IllegalArgumentException e) {
            throw yaml.bad(String.valueOf(e.getMessage()));
        }
    }

    private static AccessLogSettings accessLog(Value value, Path folder) {
        Section yaml = value.section();
        yaml.only("file", "sample");
        Value file = yaml.require("file");
        return new AccessLogSettings(
                file.text().equals("-") ? Optional.empty() : Optional.of(ScalarParser.path(file, folder)),
                yaml.find("sample").map(each -> each.share().doubleValue()).orElse(1.0));
    }

    private static Optional<SharedSettings> shared(Section yaml, GatewayMode mode) {
        Optional<Value> found = yaml.find("shared");
        if (found.isEmpty()) {
            yaml.find("when_shared_is_lost").ifPresent(value -> {
                throw value.bad("there is no shared: to lose");
            });
            return Optional.empty();
        }
        Value value = found.get();
        if (mode == GatewayMode.PACE) {
            throw value.bad("in pace mode every gateway keeps limits by itself; use shared in enforce mode");
        }
        Matcher matcher = SHARED.matcher(value.text().strip());
        if (!matcher.matches() || (matcher.group(3) != null && Integer.parseInt(matcher.group(3)) > 65_535)) {
            throw value.bad("expected an address such as redis://127.0.0.1:6379, or redis://:password@host:6379/0");
        }
        return Optional.of(new SharedSettings(
                matcher.group(2).replaceAll("^\\[|]$", ""),
                matcher.group(3) == null ? 6379 : Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4)),
                Optional.ofNullable(matcher.group(1)),
                yaml.find("when_shared_is_lost")
                        .map(each -> ScalarParser.oneOf(each, SharedSettings.WhenLost.values()))
                        .orElse(SharedSettings.WhenLost.LOCAL)));
    }

    private static double leave(Section yaml) {
        Optional<Value> found = yaml.find("leave");
        double share = found.map(value -> value.share().doubleValue()).orElse(0.0);
        if (share > MOST_LEFT) {
            throw found.orElseThrow()
                    .bad("at most 95% can be left to others, found "
                            + found.orElseThrow().text());
        }
        return share;
    }

    private static Set<Integer> refusalStatuses(Section yaml) {
        return yaml.find("refusal_statuses").map(Value::list).orElse(List.of()).stream()
                .map(status -> status.whole(400, 599))
                .collect(Collectors.toSet());
    }

    private static List<DisguisedRefusal> disguises(Section yaml) {
        return yaml.find("disguised_refusals").map(Value::list).orElse(List.of()).stream()
                .map(GatewaySettingsReader::disguise)
                .toList();
    }

    private static DisguisedRefusal disguise(Value value) {
        Section yaml = value.section();
        yaml.only("status", "pointer", "equals");
        Value pointer = yaml.require("pointer");
        try {
            return new DisguisedRefusal(
                    yaml.find("status")
                            .map(status -> OptionalInt.of(status.whole(200, 599)))
                            .orElseGet(OptionalInt::empty),
                    JsonPointer.compile(pointer.text()),
                    yaml.find("equals").map(Value::text));
        } catch (IllegalArgumentException e) {
            throw pointer.bad("expected a JSON pointer such as /error/code, found \"" + pointer.text() + "\"");
        }
    }

    private static Timeouts timeouts(Section yaml) {
        yaml.only("connect", "headers", "idle", "request", "drain");
        return new Timeouts(
                ScalarParser.duration(yaml, "connect", Timeouts.DEFAULTS.connect()),
                ScalarParser.duration(yaml, "headers", Timeouts.DEFAULTS.headers()),
                ScalarParser.duration(yaml, "idle", Timeouts.DEFAULTS.idle()),
                ScalarParser.duration(yaml, "request", Timeouts.DEFAULTS.request()),
                ScalarParser.duration(yaml, "drain", Timeouts.DEFAULTS.drain()));
    }

    private static RequestSizeLimits sizes(Section yaml) {
        yaml.only("request_line", "headers", "body");
        int most = 1024 * 1024;
        return new RequestSizeLimits(
                (int) ScalarParser.bytes(yaml, "request_line", RequestSizeLimits.DEFAULTS.requestLine(), most),
                (int) ScalarParser.bytes(yaml, "headers", RequestSizeLimits.DEFAULTS.headers(), most),
                ScalarParser.bytes(yaml, "body", RequestSizeLimits.UNLIMITED, RequestSizeLimits.UNLIMITED));
    }

    private static TlsSettings tls(Section yaml, Path folder) {
        yaml.only("certificate", "key", "clients");
        return new TlsSettings(
                ScalarParser.file(yaml.require("certificate"), folder),
                ScalarParser.file(yaml.require("key"), folder),
                yaml.find("clients").map(file -> ScalarParser.file(file, folder)));
    }

    private static ViolationSettings violations(Value value) {
        Section yaml = value.section();
        yaml.only("regular", "grace", "restrict_to", "revoke_after");
        Value regular = yaml.require("regular");
        try {
            return ViolationSettings.of(
                    regular.text(),
                    ScalarParser.duration(yaml, "grace", Duration.ofDays(14)),
                    yaml.find("restrict_to").map(Value::share).orElse(ViolationSettings.RESTRICT_TO),
                    ScalarParser.duration(yaml, "revoke_after", Duration.ofDays(30)));
        } catch (IllegalArgumentException e) {
            throw regular.bad(String.valueOf(e.getMessage()));
        }
    }
}
