package dev.tactus.gateway.http;

import java.util.Optional;

/// What a path may not hold, since some servers drop it, cut the path there or take it for a slash: control characters
/// and `\\`, encoded or not, bytes that are UTF-8 for nothing but once were for `/`, `%` without two digits, and a way
/// out of the root.
final class PathSyntax {
    private PathSyntax() {}

    /// What is wrong with a target's path, if anything is.
    static Optional<String> problem(String target) {
        for (int i = 0; i < target.length() && target.charAt(i) != '?'; i++) {
            char c = target.charAt(i);
            if (c == '\\') {
                return Optional.of("the path contains a backslash");
            }
            if (c == '%') {
                int value = encoded(target, i);
                if (value < 0) {
                    return Optional.of("the path contains a % that two hexadecimal digits don't follow");
                }
                if (value < ' ' || value == 127 || value == '\\') {
                    return Optional.of("the path contains an encoded control character or backslash (%"
                            + target.substring(i + 1, i + 3) + ")");
                }
                if (isOverlong(value, encoded(target, i + 3))) {
                    return Optional.of("the path is not UTF-8 (%" + target.substring(i + 1, i + 3) + ")");
                }
                i += 2;
            }
        }
        return mayClimb(target) && climbs(target) ? Optional.of("the path leads above its root") : Optional.empty();
    }

    private static boolean mayClimb(String target) {
        return target.contains("..") || target.contains("%2e") || target.contains("%2E");
    }

    /// Whether `..` leads out of the path in any way in which servers read it: behind an upstream's path it would lead
    /// out of that.
    private static boolean climbs(String target) {
        int query = target.indexOf('?');
        String path = (query < 0 ? target : target.substring(0, query))
                .replace("%2e", ".")
                .replace("%2E", ".")
                .replace("%3b", ";")
                .replace("%3B", ";");
        String slashes = path.replace("%2f", "/").replace("%2F", "/");
        return climbs(path, false) || climbs(path, true) || climbs(slashes, false) || climbs(slashes, true);
    }

    private static boolean climbs(String path, boolean withoutParameters) {
        int depth = 0;
        for (String segment : path.split("/", -1)) {
            int end = withoutParameters ? segment.indexOf(';') : -1;
            String name = end < 0 ? segment : segment.substring(0, end);
            depth += switch (name) {
                case "", "." -> 0;
                case ".." -> -1;
                default -> 1;
            };
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /// A longer form of what has a shorter one, which lenient decoders take for it.
    private static boolean isOverlong(int lead, int next) {
        return lead == 0xC0
                || lead == 0xC1
                || (lead == 0xE0 && next >= 0x80 && next < 0xA0)
                || (lead == 0xF0 && next >= 0x80 && next < 0x90);
    }

    private static int encoded(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
