package dev.tactus.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One value of a [Section], read as what its reader expects; a value of another form is refused by place. Immutable.
public final class Value {
    /// Text as written, and whether it stood there without quotes.
    record Scalar(String text, boolean plain) {}

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9][0-9_]{0,17}");

    private final SettingLocation place;
    private final Variables variables;
    private final Object content;

    Value(SettingLocation place, Variables variables, Object content) {
        this.place = place;
        this.variables = variables;
        this.content = content;
    }

    public boolean isSection() {
        return content instanceof Section;
    }

    public boolean isList() {
        return content instanceof List<?>;
    }

    boolean isEmpty() {
        return content instanceof Scalar scalar && scalar.plain() && nothing(scalar.text());
    }

    public Section section() {
        if (content instanceof Section section) {
            return section;
        }
        throw bad("expected \"key: value\" lines here, found " + found());
    }

    public List<Value> list() {
        if (content instanceof List<?> list) {
            return list.stream().map(Value.class::cast).toList();
        }
        throw bad("expected a list ([…], or lines starting with \"-\"), found " + found());
    }

    public String text() {
        if (content instanceof Scalar scalar) {
            return variables.substitute(scalar.text(), place);
        }
        throw bad("expected a text, found " + found());
    }

    public long whole(long min, long max) {
        String text = text().strip();
        if (WHOLE.matcher(text).matches()) {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw bad("expected a whole number from " + min + " to " + max + ", found " + quoted(text));
    }

    public int whole(int min, int max) {
        return Math.toIntExact(whole((long) min, (long) max));
    }

    public boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad("expected true or false, found " + quoted(text()));
        };
    }

    /// The known word that a misspelt one most likely means, if any is near.
    public static Optional<String> nearest(String written, List<String> known) {
        return KeySuggestion.nearest(written, known);
    }

    /// A duration such as `500ms`, `60s`, `15m`, `6h` or `14d` (days of 24 hours).
    public Duration duration() {
        Matcher matcher = DURATION.matcher(text().strip());
        if (!matcher.matches()) {
            throw bad("expected a duration such as 500ms, 60s, 15m, 6h or 14d, found " + quoted(text()));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /// A share from 0 to 1, written as a percentage (`0.1%`) or a fraction (`0.001`).
    public BigDecimal share() {
        String text = text().strip();
        boolean percent = text.endsWith("%");
        try {
            BigDecimal number = new BigDecimal(
                    percent ? text.substring(0, text.length() - 1).strip() : text);
            BigDecimal share = percent ? number.movePointLeft(2) : number;
            if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw bad("expected a share such as 5% or 0.05, found " + quoted(text));
        }
        throw bad("expected a share from 0% to 100%, found " + quoted(text));
    }

    /// One of several, each told by its label.
    public <E> E oneOf(E[] all, Function<? super E, String> label) {
        String text = text();
        return Arrays.stream(all)
                .filter(each -> label.apply(each).equals(text))
                .findFirst()
                .orElseThrow(() -> bad("\"" + text + "\" is not known; one of "
                        + Arrays.stream(all).map(label).collect(Collectors.joining(", "))));
    }

    /// This value as nested maps, lists, texts, numbers, flags and nulls, as YAML's core schema reads plain scalars.
    public @Nullable Object plain() {
        return switch (content) {
            case Section section -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                section.entries().forEach((key, value) -> map.put(key, value.plain()));
                yield map;
            }
            case Scalar scalar -> scalar.plain() ? guess(text()) : text();
            default -> list().stream().map(Value::plain).toList();
        };
    }

    /// A refusal located at this value.
    public InvalidConfiguration bad(String message) {
        return place.bad(message);
    }

    /// A refusal of a value that names something outside the file, such as a secret's file, that isn't there.
    public MissingValue missing(String message) {
        return place.missing(message);
    }

    private static boolean nothing(String text) {
        return text.isEmpty() || text.equals("~") || text.equals("null");
    }

    private static @Nullable Object guess(String text) {
        if (nothing(text)) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
            return Long.parseLong(text);
        }
        return text.matches("-?[0-9]+\\.[0-9]+") ? new BigDecimal(text) : text;
    }

    private String found() {
        return switch (content) {
            case Section section -> "\"key: value\" lines";
            case Scalar scalar -> isEmpty() ? "nothing" : quoted(scalar.text());
            default -> "a list";
        };
    }

    private static String quoted(String text) {
        String line = text.lines().findFirst().orElse("");
        return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
    }
}
