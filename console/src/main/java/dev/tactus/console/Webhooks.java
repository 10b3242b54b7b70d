package dev.tactus.console;

import dev.tactus.ingest.Webhook;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads `alerts:`: where messages go, and which.
final class Webhooks {
    private Webhooks() {}

    static Webhook read(Value value) {
        Section yaml = value.section();
        yaml.only("webhook", "on");
        Set<Webhook.Kind> on = EnumSet.allOf(Webhook.Kind.class);
        yaml.find("on").ifPresent(kinds -> {
            on.clear();
            kinds.list().forEach(kind -> on.add(kind(kind)));
        });
        URI address = Addresses.web(yaml.require("webhook"));
        return new Webhook(receiver(address), address, on);
    }

    private static Webhook.Kind kind(Value value) {
        return Arrays.stream(Webhook.Kind.values())
                .filter(kind -> kind.label().equals(value.text()))
                .findFirst()
                .orElseThrow(() -> value.bad("expected one of "
                        + Arrays.stream(Webhook.Kind.values())
                                .map(Webhook.Kind::label)
                                .collect(Collectors.joining(", "))
                        + ", found \"" + value.text() + "\""));
    }

    /// The host and a few digits of a hash: tells two webhooks of one host apart without saying the secret path.
    private static String receiver(URI address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return address.getHost() + "#" + HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
