package dev.tactus.source.auth;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Finds a secret in a text of the service, however it is written there: as it is, percent-encoded as in an address, or
/// escaped as JSON, HTML and XML do, each of its characters on its own.
final class SecretPattern {
    private SecretPattern() {}

    static Pattern of(String secret) {
        StringBuilder pattern = new StringBuilder();
        secret.codePoints().forEach(character -> pattern.append(anyForm(character)));
        return Pattern.compile(pattern.toString());
    }

    private static String anyForm(int codePoint) {
        String character = Character.toString(codePoint);
        StringBuilder percent = new StringBuilder();
        StringBuilder bytes = new StringBuilder();
        for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
            percent.append("%%%02x".formatted(one & 0xFF));
            bytes.append((char) (one & 0xFF));
        }
        StringBuilder units = new StringBuilder();
        character.chars().forEach(unit -> units.append("\\\\u%04x".formatted(unit)));
        String named = switch (character) {
            case "&" -> "|&amp;";
            case "<" -> "|&lt;";
            case ">" -> "|&gt;";
            case "\"" -> "|&quot;";
            case "'" -> "|&apos;";
            case " " -> "|\\+";
            default -> "";
        };
        // a text is looked at as characters or, where its encoding is not known, as bytes
        return "(?:\\\\?" + Pattern.quote(character) + "|" + Pattern.quote(bytes.toString()) + "|(?i:" + percent + "|"
                + units + "|&#0*" + codePoint + ";|&#x0*" + Integer.toHexString(codePoint) + ";)" + named + ")";
    }
}
