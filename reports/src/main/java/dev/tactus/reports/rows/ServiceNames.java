package dev.tactus.reports.rows;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Services by one name each, whatever a report calls them.
final class ServiceNames {
    private static final Map<String, String> NAMES = names();

    private ServiceNames() {}

    /// A name that is not known stays as it stands.
    static String named(String text) {
        String bare = text.replaceAll("[\\s\\u00a0]+", " ").strip();
        return NAMES.getOrDefault(bare.toLowerCase(Locale.ROOT), bare);
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String line : AliasFile.lines("services.txt")) {
            int equals = line.indexOf('=');
            for (String alias : line.substring(equals + 1).split("\\|", -1)) {
                names.put(alias, line.substring(0, equals));
            }
        }
        return Map.copyOf(names);
    }
}
