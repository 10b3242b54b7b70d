package dev.tactus.reports.layout;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.UsageType;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads `fields:` of a layout.
final class FieldRuleReader {
    private final LayoutReader layout;
    private final Locale language;

    FieldRuleReader(LayoutReader layout, Locale language) {
        this.layout = layout;
        this.language = language;
    }

    Map<ReportField, FieldRule> read(Value fields) {
        Map<ReportField, FieldRule> rules = new EnumMap<>(ReportField.class);
        fields.section().entries().forEach((name, value) -> {
            ReportField field = ReportField.named(name)
                    .orElseThrow(() -> value.bad("unknown field; known fields are " + ReportField.labels()));
            rules.put(field, rule(field, value));
        });
        if (rules.containsKey(ReportField.USAGE_START) != rules.containsKey(ReportField.USAGE_END)) {
            throw fields.bad(
                    "usage_start and usage_end must both be given; a month or a quarter in one column is \"usage\"");
        }
        // by its title alone a use waits for a person's match
        if (Stream.of(ReportField.ISRC, ReportField.UPC, ReportField.TITLE).noneMatch(rules::containsKey)) {
            throw fields.bad("expected isrc, upc or title");
        }
        if (!rules.containsKey(ReportField.QUANTITY) && !rules.containsKey(ReportField.NET_REVENUE)) {
            throw fields.bad("expected quantity, net_revenue or both");
        }
        return rules;
    }

    private FieldRule rule(ReportField field, Value value) {
        if (!value.isSection()) {
            return rule(field, value, Optional.of(value));
        }
        value.section().only("column", "header", "value", "format", "map", "otherwise", "pattern", "whole", "bad");
        FieldRule rule = rule(field, value, value.section().find("column"));
        if (rule.columns().isEmpty()
                && rule.header().isEmpty()
                && rule.constant().isEmpty()) {
            throw value.bad("expected \"column\", \"header\" or \"value\"");
        }
        return rule;
    }

    private FieldRule rule(ReportField field, Value value, Optional<Value> columns) {
        Optional<Section> more = value.isSection() ? Optional.of(value.section()) : Optional.empty();
        FieldRule rule = new FieldRule(
                columns.map(v -> (v.isList() ? v.list() : List.of(v))
                                .stream().map(layout::anyColumn).toList())
                        .orElseGet(List::of),
                more.flatMap(s -> s.find("header")).map(this::header),
                more.flatMap(s -> s.find("value")).map(Value::text),
                more.flatMap(s -> s.find("format")).map(this::formats).orElseGet(List::of),
                more.flatMap(s -> s.find("map")).map(v -> mapping(field, v)).orElseGet(Map::of),
                more.flatMap(s -> s.find("otherwise")).map(v -> meaning(field, v)),
                more.flatMap(s -> s.find("pattern")).map(LayoutReader::pattern),
                more.flatMap(s -> s.find("whole")).map(FieldRuleReader::whole),
                more.flatMap(s -> s.find("bad")).map(FieldRuleReader::bad).orElse(false));
        if (field.isPeriod()
                && field != ReportField.STATEMENT_PERIOD
                && rule.formats().isEmpty()) {
            throw value.bad("expected a format, such as format: yyyy-MM, or a list of formats");
        }
        if (field == ReportField.USAGE_TYPE) {
            rule.constant().ifPresent(constant -> usageType(value, constant));
        }
        return rule;
    }

    private ColumnName header(Value value) {
        ColumnName column = layout.rowColumn(value);
        if (column.pattern().isEmpty()) {
            throw value.bad("expected a pattern between slashes, whose first group is the value");
        }
        return column;
    }

    private List<PeriodFormat> formats(Value value) {
        return (value.isList() ? value.list() : List.of(value))
                .stream().map(this::format).toList();
    }

    private PeriodFormat format(Value value) {
        try {
            return PeriodFormat.of(value.text(), language);
        } catch (IllegalArgumentException e) {
            throw value.bad("not a format of days, months, quarters or years (such as yyyy-MM or dd/MM/yyyy): "
                    + e.getMessage());
        }
    }

    private Map<String, String> mapping(ReportField field, Value value) {
        Map<String, String> map = LayoutReader.map(value);
        if (field == ReportField.USAGE_TYPE) {
            value.section().entries().forEach((_, meaning) -> usageType(meaning, meaning.text()));
        }
        return map;
    }

    private static String meaning(ReportField field, Value value) {
        return field == ReportField.USAGE_TYPE ? usageType(value, value.text()) : value.text();
    }

    private static String usageType(Value value, String text) {
        return UsageType.named(text)
                .map(UsageType::label)
                .orElseThrow(() -> value.bad("expected one of " + UsageType.labels() + ", found \"" + text + "\""));
    }

    private static FieldRule.PeriodUnit whole(Value value) {
        return switch (value.text()) {
            case "month" -> FieldRule.PeriodUnit.MONTH;
            case "quarter" -> FieldRule.PeriodUnit.QUARTER;
            case "year" -> FieldRule.PeriodUnit.YEAR;
            default -> throw value.bad("expected month, quarter or year: the period that the day stands for");
        };
    }

    private static boolean bad(Value value) {
        return switch (value.text()) {
            case "reject" -> false;
            case "absent" -> true;
            default ->
                throw value.bad(
                        "expected reject (the row is rejected) or absent (the row is imported without the value)");
        };
    }
}
