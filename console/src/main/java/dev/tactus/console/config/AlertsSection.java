package dev.tactus.console.config;

import dev.tactus.digest.Sha256;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads `alerts:`: where messages go, and which.
final class AlertsSection {
    private AlertsSection() {}

    static AlertReceiver read(Value value) {
        Section yaml = value.section();
        yaml.only("webhook", "on");
        Set<AlertReceiver.AlertKind> on = EnumSet.allOf(AlertReceiver.AlertKind.class);
        yaml.find("on").ifPresent(kinds -> {
            on.clear();
            kinds.list().forEach(kind -> on.add(kind(kind)));
        });
        URI address = WebAddress.web(yaml.require("webhook"));
        return new AlertReceiver(receiver(address), address, on);
    }

    private static AlertReceiver.AlertKind kind(Value value) {
        return Arrays.stream(AlertReceiver.AlertKind.values())
                .filter(kind -> kind.label().equals(value.text()))
                .findFirst()
                .orElseThrow(() -> value.bad("expected one of "
                        + Arrays.stream(AlertReceiver.AlertKind.values())
                                .map(AlertReceiver.AlertKind::label)
                                .collect(Collectors.joining(", "))
                        + ", found \"" + value.text() + "\""));
    }

    /// The host and a few digits of a hash: tells two webhooks of one host apart without saying the secret path.
    private static String receiver(URI address) {
        return address.getHost() + "#" + Sha256.of(address.toString()).hex(8);
    }
}
