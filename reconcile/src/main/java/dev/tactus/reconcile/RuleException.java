package dev.tactus.reconcile;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rules that hold for some rows in place of the usual ones.
///
/// @param service whose usage is meant, folded; absent where everybody's is
/// @param territories codes, sorted; none where all are meant
/// @param usageTypes such as `stream`, sorted; none where all are meant
public record RuleException(
        Optional<String> service, List<String> territories, List<String> usageTypes, RowRules rules) {
    public RuleException {
        territories = texts("territories", territories, "[A-Z]{2}");
        usageTypes = texts("usage_types", usageTypes, "[a-z][a-z_]*");
    }

    private static List<String> texts(String name, List<String> texts, String form) {
        texts.stream().filter(text -> !text.matches(form)).findFirst().ifPresent(text -> {
            throw new IllegalArgumentException(name + " can't hold \"" + text + "\"");
        });
        return texts.stream().sorted().distinct().toList();
    }

    /// Reads one of `exceptions:`.
    ///
    /// @param usual what holds for what is not said
    static RuleException read(Value value, RowRules usual) {
        Section yaml = value.section();
        List<String> known = new ArrayList<>(List.of("service", "territories", "usage_types"));
        known.addAll(List.of(RowRules.keys()));
        yaml.only(known.toArray(String[]::new));
        return new RuleException(
                yaml.find("service").map(Value::text).map(ServiceSources::fold),
                yaml.find("territories")
                        .map(list -> list(list, "[A-Z]{2}", "a territory's code, such as DE, or WW"))
                        .orElse(List.of()),
                yaml.find("usage_types")
                        .map(list -> list(list, "[a-z][a-z_]*", "a kind of usage, such as stream"))
                        .orElse(List.of()),
                usual.read(yaml));
    }

    private static List<String> list(Value value, String form, String expected) {
        return value.list().stream()
                .map(one -> {
                    if (!one.text().matches(form)) {
                        throw one.bad("expected " + expected);
                    }
                    return one.text();
                })
                .toList();
    }

    /// Whether a source's rows are meant.
    boolean concerns(String source) {
        return service.isEmpty() || service.get().equals(ServiceSources.fold(source));
    }

    /// As it is written in the manifest of a source's close: whose usage is meant is said there.
    String written() {
        Map<String, String> parts = new LinkedHashMap<>();
        if (!territories.isEmpty()) {
            parts.put("territories", String.join(" ", territories));
        }
        if (!usageTypes.isEmpty()) {
            parts.put("usage_types", String.join(" ", usageTypes));
        }
        parts.putAll(rules.written());
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining("; "));
    }

    static RuleException ofWritten(String written) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : written.split("; ", -1)) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return new RuleException(
                Optional.empty(), words(parts, "territories"), words(parts, "usage_types"), RowRules.ofWritten(parts));
    }

    private static List<String> words(Map<String, String> parts, String name) {
        return Optional.ofNullable(parts.get(name))
                .map(text -> Arrays.asList(text.split(" ", -1)))
                .orElse(List.of());
    }

    /// The rows that are meant, as a condition of SQL on `territory` and `usage_type`.
    public String condition() {
        List<String> conditions = new ArrayList<>();
        if (!territories.isEmpty()) {
            conditions.add("territory IN " + quoted(territories));
        }
        if (!usageTypes.isEmpty()) {
            conditions.add("usage_type IN " + quoted(usageTypes));
        }
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /// They are letters and underscores alone.
    private static String quoted(List<String> codes) {
        return codes.stream()
                .map(code -> String.format(Locale.ROOT, "'%s'", code))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
