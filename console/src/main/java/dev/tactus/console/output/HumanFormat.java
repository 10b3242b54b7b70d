package dev.tactus.console.output;

import dev.tactus.music.identifiers.MessageText;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/// Numbers and constants as people read them.
public final class HumanFormat {
    private HumanFormat() {}

    /// `1,234,567`
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String counted(long number, String one, String many) {
        return MessageText.counted(number, one, many);
    }

    /// `dead_lettered`: a constant as JSON and tables name it.
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// `640 B`, `1.2 MB`
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes;
        for (String unit : new String[] {"kB", "MB", "GB"}) {
            size /= 1000;
            if (size < 1000) {
                return String.format(Locale.ROOT, "%.1f %s", size, unit);
            }
        }
        return String.format(Locale.ROOT, "%.1f TB", size / 1000);
    }

    /// `42 s`, `3 min 5 s`, `4 h 38 min`
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = (seconds + 30) / 60;
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    public static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /// `are a, b`, or what is said where there is nothing to name.
    public static String are(Collection<String> names, String none) {
        return names.isEmpty() ? none : "are " + String.join(", ", names);
    }
}
