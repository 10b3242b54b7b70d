package dev.tactus.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Texts that are shipped in the jar, beside these classes.
public final class BundledText {
    private BundledText() {}

    public static String text(String name) {
        try (InputStream in = BundledText.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name + " is not in the jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the jar", e);
        }
    }
}
