package dev.tactus.gateway.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.webhook.WebhookSigner;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The secret that messages to one application's contact are signed with, so that a contact that gives its own away
/// gives away nobody else's.
///
/// @param file where it was read from, if it was
public record ContactSecret(WebhookSigner signer, Optional<Path> file) {

    /// A text, which a variable of the environment may hold, or `{file: …}`.
    static ContactSecret read(Value value, Path folder) {
        if (!value.isSection()) {
            return new ContactSecret(signer(value.text(), value), Optional.empty());
        }
        Section section = value.section();
        section.only("file");
        Value named = section.require("file");
        Path file = ScalarParser.file(named, folder);
        try {
            return new ContactSecret(signer(Files.readString(file).strip(), named), Optional.of(file));
        } catch (MalformedInputException e) {
            throw named.bad(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw named.bad("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static WebhookSigner signer(String secret, Value where) {
        try {
            return WebhookSigner.of(secret);
        } catch (IllegalArgumentException e) {
            throw where.bad(String.valueOf(e.getMessage()));
        }
    }
}
