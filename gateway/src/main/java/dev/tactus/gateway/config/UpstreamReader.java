package dev.tactus.gateway.config;

import dev.tactus.gateway.network.HealthSettings;
import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.gateway.network.Upstream;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads where an upstream is, how it is spoken to, and how it is found out whether it is well.
final class UpstreamReader {
    private static final int MOST_RETRIES = 5;
    private static final int MOST_ADDRESSES = 64;

    private UpstreamReader() {}

    /// The one upstream of a file.
    static Upstream only(Section yaml, Path folder) {
        return read(yaml, "upstream", "upstream_tls", "upstream_addresses", folder);
    }

    /// One of several.
    static Upstream oneOfSeveral(Section yaml, Path folder) {
        return read(yaml, "url", "tls", "addresses", folder);
    }

    private static Upstream read(Section yaml, String url, String tlsKey, String addresses, Path folder) {
        Value value = yaml.require(url);
        URI address = ScalarParser.web(value);
        Optional<Section> tls = yaml.find(tlsKey).map(Value::section);
        tls.ifPresent(section -> section.only("trust", "verify", "certificate", "key"));
        if (tls.isPresent() && !"https".equalsIgnoreCase(address.getScheme())) {
            throw tls.get().bad("upstream is not an https address, so there is no TLS to it");
        }
        return Upstream.of(
                        address,
                        tls.flatMap(section -> section.find("trust")).map(path -> ScalarParser.file(path, folder)),
                        tls.flatMap(section -> section.find("verify"))
                                .map(Value::flag)
                                .orElse(true),
                        tls.filter(section -> section.has("certificate") || section.has("key"))
                                .map(section -> new TlsSettings(
                                        ScalarParser.file(section.require("certificate"), folder),
                                        ScalarParser.file(section.require("key"), folder),
                                        Optional.empty())))
                .with(
                        yaml.find(addresses).map(UpstreamReader::addresses).orElse(List.of()),
                        yaml.find("health").map(UpstreamReader::health),
                        yaml.find("retries")
                                .map(times -> times.whole(0, MOST_RETRIES))
                                .orElse(0));
    }

    private static List<InetSocketAddress> addresses(Value value) {
        List<Value> all = value.list();
        if (all.isEmpty() || all.size() > MOST_ADDRESSES) {
            throw value.bad("expected from 1 to " + MOST_ADDRESSES + " addresses, found " + all.size());
        }
        return all.stream().map(ScalarParser::place).toList();
    }

    private static HealthSettings health(Value value) {
        Section yaml = value.section();
        yaml.only("path", "every", "fails", "eject");
        HealthSettings usual = HealthSettings.DEFAULTS;
        return new HealthSettings(
                yaml.find("path").map(path -> {
                    if (!path.text().matches("/[!-~]*")) {
                        throw path.bad("expected a path such as /healthz, found \"" + path.text() + "\"");
                    }
                    return path.text();
                }),
                ScalarParser.duration(yaml, "every", usual.every()),
                yaml.find("fails").map(times -> times.whole(1, 1_000)).orElse(usual.fails()),
                ScalarParser.duration(yaml, "eject", usual.eject()));
    }
}
