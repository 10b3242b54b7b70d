package dev.tactus.gateway;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/// Reads [GatewaySettings] from YAML. [LimitReader] reads limits, [CallerReader] who calls, [Values] single values.
final class SettingsReader {
    private static final int MOST_THREADS = 256;

    private SettingsReader() {}

    static GatewaySettings read(Section yaml, Path file) {
        yaml.only(
                "version",
                "listen",
                "admin",
                "state",
                "upstream",
                "upstream_tls",
                "mode",
                "identify",
                "dialect",
                "refusal_body",
                "limits",
                "applications",
                "unknown_applications",
                "timeouts",
                "violations",
                "patience",
                "queue",
                "refusal_statuses",
                "disguised_refusals",
                "sizes",
                "tls",
                "threads");
        yaml.find("version").filter(version -> !version.text().equals("1")).ifPresent(version -> {
            throw version.bad("this Tactus reads version 1");
        });
        Path folder = file.getParent() == null ? file : file.getParent();
        Mode mode = yaml.find("mode")
                .map(value -> Values.oneOf(value, Mode.values()))
                .orElse(Mode.ENFORCE);
        List<LimitSettings> limits = LimitReader.limits(yaml.find("limits"), mode);
        List<ApplicationSettings> applications = CallerReader.applications(yaml, limits, mode, folder);
        try {
            return new GatewaySettings(
                    file,
                    Values.socket(yaml.require("listen")),
                    yaml.find("admin").map(Values::socket),
                    yaml.find("state")
                            .map(value -> Values.path(value, folder))
                            .orElseGet(() -> folder.resolve("gateway.db")),
                    upstream(yaml, folder),
                    mode,
                    CallerReader.identify(yaml, folder),
                    CallerReader.trustedProxies(yaml),
                    yaml.find("dialect")
                            .map(value -> Values.oneOf(value, Dialect.values()))
                            .orElse(Dialect.STANDARD),
                    yaml.find("refusal_body").map(Value::text),
                    limits,
                    applications,
                    CallerReader.unknown(yaml, limits, applications, mode),
                    yaml.find("timeouts")
                            .map(value -> timeouts(value.section()))
                            .orElse(Timeouts.DEFAULTS),
                    yaml.find("violations").map(SettingsReader::violations),
                    new Waiting(
                            Values.duration(yaml, "patience", Waiting.DEFAULTS.patience()),
                            yaml.find("queue")
                                    .map(value -> value.whole(1, 1_000_000))
                                    .orElse(Waiting.DEFAULTS.queue()),
                            refusalStatuses(yaml),
                            disguises(yaml)),
                    yaml.find("sizes").map(value -> sizes(value.section())).orElse(Sizes.DEFAULTS),
                    yaml.find("tls").map(value -> tls(value.section(), folder)),
                    yaml.find("threads")
                            .map(value -> value.whole(1, MOST_THREADS))
                            .orElseGet(() -> Runtime.getRuntime().availableProcessors()));
        } catch (IllegalArgumentException e) {
            throw yaml.bad(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Integer> refusalStatuses(Section yaml) {
        return yaml.find("refusal_statuses").map(Value::list).orElse(List.of()).stream()
                .map(status -> status.whole(400, 599))
                .collect(Collectors.toSet());
    }

    private static List<DisguisedRefusal> disguises(Section yaml) {
        return yaml.find("disguised_refusals").map(Value::list).orElse(List.of()).stream()
                .map(SettingsReader::disguise)
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

    private static Upstream upstream(Section yaml, Path folder) {
        Value value = yaml.require("upstream");
        URI address = Values.web(value);
        Optional<Section> tls = yaml.find("upstream_tls").map(Value::section);
        tls.ifPresent(section -> section.only("trust", "verify"));
        if (tls.isPresent() && !"https".equalsIgnoreCase(address.getScheme())) {
            throw tls.get().bad("upstream is not an https address, so there is no TLS to it");
        }
        return Upstream.of(
                address,
                tls.flatMap(section -> section.find("trust")).map(path -> Values.file(path, folder)),
                tls.flatMap(section -> section.find("verify")).map(Value::flag).orElse(true));
    }

    private static Timeouts timeouts(Section yaml) {
        yaml.only("connect", "headers", "idle", "request", "drain");
        return new Timeouts(
                Values.duration(yaml, "connect", Timeouts.DEFAULTS.connect()),
                Values.duration(yaml, "headers", Timeouts.DEFAULTS.headers()),
                Values.duration(yaml, "idle", Timeouts.DEFAULTS.idle()),
                Values.duration(yaml, "request", Timeouts.DEFAULTS.request()),
                Values.duration(yaml, "drain", Timeouts.DEFAULTS.drain()));
    }

    private static Sizes sizes(Section yaml) {
        yaml.only("request_line", "headers", "body");
        int most = 1024 * 1024;
        return new Sizes(
                (int) Values.bytes(yaml, "request_line", Sizes.DEFAULTS.requestLine(), most),
                (int) Values.bytes(yaml, "headers", Sizes.DEFAULTS.headers(), most),
                Values.bytes(yaml, "body", Sizes.UNLIMITED, Sizes.UNLIMITED));
    }

    private static TlsSettings tls(Section yaml, Path folder) {
        yaml.only("certificate", "key");
        return new TlsSettings(
                Values.file(yaml.require("certificate"), folder), Values.file(yaml.require("key"), folder));
    }

    private static Violations violations(Value value) {
        Section yaml = value.section();
        yaml.only("regular", "grace", "restrict_to", "revoke_after");
        Value regular = yaml.require("regular");
        try {
            return Violations.of(
                    regular.text(),
                    Values.duration(yaml, "grace", Duration.ofDays(14)),
                    yaml.find("restrict_to").map(Value::share).orElse(Violations.RESTRICT_TO),
                    Values.duration(yaml, "revoke_after", Duration.ofDays(30)));
        } catch (IllegalArgumentException e) {
            throw regular.bad(String.valueOf(e.getMessage()));
        }
    }
}
