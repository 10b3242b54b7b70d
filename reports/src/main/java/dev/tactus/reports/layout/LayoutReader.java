package dev.tactus.reports.layout;

import dev.tactus.digest.Sha256;
import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.layout.TotalRule.Measure;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Reads a layout from YAML; every refusal names file, line and key.
final class LayoutReader {
    private static final List<String> NO_VALUE = List.of("", "-", "n/a", "null", "none");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,60}");

    private static final Pattern DOUBT = Pattern.compile("^\\s*(net_revenue|currency|quantity|territory)\\s*:.*#.*\\?");

    private final String origin;
    private final String sha256;
    private final Section yaml;
    /// What fields may name columns of, beside the row.
    private Set<String> holders = Set.of(ColumnName.PREAMBLE);

    private LayoutReader(String origin, String text) {
        this.origin = origin;
        this.sha256 = Sha256.of(text).hex();
        // a layout is handed on between people; nothing in it depends on the machine
        refuseDoubt(text);
        this.yaml = Section.parse(origin, text, _ -> null);
    }

    static Layout read(String origin, String text) {
        return new LayoutReader(origin, text).layout();
    }

    /// A template marks with `?` what it could not decide; money on a guess is worse than none.
    private void refuseDoubt(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher doubt = DOUBT.matcher(lines.get(i));
            if (doubt.find()) {
                throw new InvalidConfiguration(
                        origin + ":" + (i + 1) + ": " + doubt.group(1) + ": " + whatIsInDoubt(doubt.group(1)));
            }
        }
    }

    private static String whatIsInDoubt(String field) {
        return switch (field) {
            case "currency" ->
                "the template was not sure which currency the label's money is in (\"?\"). Compare it with the"
                        + " statement, name the right column or {value: CODE}, and delete the \"?\"";
            case "quantity" ->
                "the template was not sure which column is the units (\"?\"). Name the right column, and delete the"
                        + " \"?\"; or delete the line if the report has no units";
            case "territory" ->
                "the template was not sure which column says where it was used (\"?\"). Name the right column, and"
                        + " delete the \"?\"; or delete the line if the report has no territory";
            default ->
                "the template was not sure which column is the label's money (\"?\"). Check it against the statement's"
                        + " total, name the right column, and delete the \"?\"; or delete the line if the report has no"
                        + " money";
        };
    }

    private Layout layout() {
        yaml.only(
                "layout",
                "title",
                "sender",
                "delimiters",
                "quotes",
                "encoding",
                "language",
                "columns",
                "header",
                "decimal",
                "thousands",
                "absent",
                "short_rows",
                "preamble",
                "fields",
                "skip",
                "totals",
                "deductions",
                "ends",
                "records");
        Value name = yaml.require("layout");
        if (!NAME.matcher(name.text()).matches()) {
            throw name.bad("a layout's name is made of a-z, 0-9 and -, such as my-distributor");
        }
        Optional<RecordLayout> records =
                yaml.find("records").map(value -> new RecordLayoutReader(value.section()).read());
        holders = new HashSet<>(holders);
        records.ifPresent(shape -> holders.addAll(shape.kept().keySet()));
        boolean header = yaml.find("header").map(Value::flag).orElse(true);
        List<ColumnName> columns = yaml.find("columns").map(this::rowColumns).orElseGet(List::of);
        if (columns.isEmpty() == records.isEmpty()) {
            throw yaml.bad("expected either \"columns\" (the headings that identify the file) or \"records\"");
        }
        Locale language = yaml.find("language").map(LayoutReader::language).orElse(Locale.US);
        Map<ReportField, FieldRule> fields = new FieldRuleReader(this, language).read(yaml.require("fields"));
        yaml.find("sender").ifPresent(sender -> {
            if (fields.putIfAbsent(ReportField.SENDER, FieldRule.constant(sender.text(), List.of())) != null) {
                throw sender.bad("the sender is already set under \"fields\"");
            }
        });
        return new Layout(
                name.text(),
                yaml.find("title").map(Value::text).orElse(name.text()),
                origin,
                sha256,
                yaml.find("delimiters").map(LayoutReader::delimiters).orElse(List.of(Delimiter.values())),
                yaml.find("quotes").map(Value::flag).orElse(true),
                yaml.find("encoding").map(LayoutReader::encoding).orElse(ReportCharset.WINDOWS_1252),
                columns,
                header,
                numbers(),
                texts(yaml.find("absent"), NO_VALUE),
                yaml.find("short_rows").map(Value::flag).orElse(records.isPresent()),
                yaml.find("preamble").map(this::preamble).orElseGet(Map::of),
                fields,
                rules("skip"),
                yaml.find("totals")
                        .map(v -> v.list().stream().map(this::total).toList())
                        .orElseGet(List::of),
                deductions(),
                yaml.find("ends").map(v -> rule(v.section())),
                records);
    }

    private List<ColumnName> rowColumns(Value value) {
        return value.list().stream().map(one -> column(one, "", one.text())).toList();
    }

    private NumberFormat numbers() {
        char decimal = yaml.find("decimal").map(v -> mark(v, ".,")).orElse('.');
        Optional<Character> thousands = yaml.find("thousands").map(v -> mark(v, ".,'’ "));
        if (thousands.filter(t -> t == decimal).isPresent()) {
            throw yaml.require("thousands").bad("the marks for decimals and for thousands must differ");
        }
        return new NumberFormat(decimal, thousands);
    }

    private static char mark(Value value, String among) {
        String text = value.text();
        if (text.length() != 1 || among.indexOf(text.charAt(0)) < 0) {
            throw value.bad("expected one of "
                    + among.chars().mapToObj(c -> "\"" + (char) c + "\"").collect(Collectors.joining(" "))
                    + ", found \"" + text + "\"");
        }
        return text.charAt(0);
    }

    private static List<Delimiter> delimiters(Value value) {
        List<Value> values = value.isList() ? value.list() : List.of(value);
        return values.stream().map(LayoutReader::delimiter).toList();
    }

    private static Delimiter delimiter(Value value) {
        for (Delimiter delimiter : Delimiter.values()) {
            if (delimiter.label().equals(value.text())) {
                return delimiter;
            }
        }
        throw value.bad("expected tab, comma, semicolon or pipe, found \"" + value.text() + "\"");
    }

    private static ReportCharset encoding(Value value) {
        return ReportCharset.named(value.text())
                .filter(ReportCharset::isAsciiBased)
                .orElseThrow(() -> value.bad("expected windows-1252, windows-1251, latin-1 or utf-8, found \""
                        + value.text() + "\"; UTF-16 is detected automatically"));
    }

    private static Locale language(Value value) {
        Locale language = Locale.forLanguageTag(value.text());
        if (language.getLanguage().isEmpty()) {
            throw value.bad("expected a language such as en, de or fr, found \"" + value.text() + "\"");
        }
        return language;
    }

    private Map<String, PreambleRule> preamble(Value value) {
        Map<String, PreambleRule> rules = new LinkedHashMap<>();
        value.section().entries().forEach((name, rule) -> {
            Section section = rule.section();
            section.only("after", "below", "matches");
            if (section.entries().size() != 1) {
                throw section.bad(
                        "expected one of \"after\" (the label beside the value), \"below\" (the label above it) and"
                                + " \"matches\" (a pattern)");
            }
            rules.put(
                    name,
                    new PreambleRule(
                            section.find("after").map(v -> column(v, "", v.text())),
                            section.find("below").map(v -> column(v, "", v.text())),
                            section.find("matches").map(LayoutReader::pattern)));
        });
        return rules;
    }

    private List<RowRule> rules(String key) {
        return yaml.find(key)
                .map(v -> v.list().stream().map(r -> rule(r.section())).toList())
                .orElseGet(List::of);
    }

    private List<DeductionRule> deductions() {
        List<DeductionRule> rules = new ArrayList<>();
        Set<DeductionKind> ofColumns = new HashSet<>();
        for (Value value : yaml.find("deductions").map(Value::list).orElse(List.of())) {
            Section section = value.section();
            section.only("kind", "when", "column", "records");
            Value named = section.require("kind");
            DeductionKind kind = DeductionKind.named(named.text())
                    .orElseThrow(() -> named.bad("expected one of " + DeductionKind.labels()));
            if (section.has("when") == section.has("column")) {
                throw section.bad("expected either \"when\" (rows that are nothing else) or \"column\" (amounts beside"
                        + " sales)");
            }
            if (section.has("column") && !ofColumns.add(kind)) {
                throw named.bad("another column has this kind already");
            }
            rules.add(new DeductionRule(
                    kind,
                    section.find("when").map(v -> rule(v.section())),
                    section.find("column").map(this::rowColumn),
                    section.find("records")
                            .map(LayoutReader::list)
                            .<Set<String>>map(HashSet::new)
                            .orElseGet(Set::of)));
        }
        return rules;
    }

    private RowRule rule(Section section) {
        section.only("column", "is", "matches");
        if (section.has("is") == section.has("matches")) {
            throw section.bad("expected either \"is\" (one text or several) or \"matches\" (a pattern)");
        }
        return new RowRule(
                rowColumn(section.require("column")),
                texts(section.find("is"), List.of()),
                section.find("matches").map(LayoutReader::pattern));
    }

    private TotalRule total(Value value) {
        Section section = value.section();
        section.only("when", "rows", "quantity", "net_revenue");
        Optional<RowRule> when = section.find("when").map(v -> rule(v.section()));
        Set<String> from = when.isPresent() ? Set.of() : Set.of(ColumnName.PREAMBLE);
        Map<Measure, ColumnName> columns = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            section.find(measure.label()).ifPresent(v -> columns.put(measure, column(v, from)));
        }
        if (columns.isEmpty()) {
            throw section.bad("expected at least one of rows, quantity and net_revenue;"
                    + " rows to leave out without a check belong under \"skip\"");
        }
        return new TotalRule(when, columns);
    }

    static Pattern pattern(Value value) {
        try {
            return Pattern.compile(value.text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw value.bad("invalid pattern: " + e.getDescription());
        }
    }

    ColumnName rowColumn(Value value) {
        return column(value, Set.of());
    }

    /// A column of the row, of the preamble or of a kept record.
    ColumnName anyColumn(Value value) {
        return column(value, holders);
    }

    private ColumnName column(Value value, Set<String> from) {
        String text = value.text();
        int dot = text.indexOf('.');
        if (dot > 0 && from.contains(text.substring(0, dot))) {
            String holder = text.substring(0, dot);
            String name = text.substring(dot + 1);
            if (holder.equals(ColumnName.PREAMBLE)
                    && !yaml.find("preamble").map(v -> v.section().has(name)).orElse(false)) {
                throw value.bad("\"preamble\" does not define \"" + name + "\"");
            }
            return column(value, holder, name);
        }
        return column(value, "", text);
    }

    private static ColumnName column(Value value, String holder, String text) {
        try {
            return ColumnName.of(holder, text);
        } catch (PatternSyntaxException e) {
            throw value.bad("invalid pattern: " + e.getDescription());
        }
    }

    static Set<String> texts(Optional<Value> value, List<String> none) {
        List<String> texts = value.map(v -> (v.isList() ? v.list() : List.of(v))
                        .stream().map(Value::text).toList())
                .orElse(none);
        return texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    static List<String> list(Value value) {
        List<String> texts = new ArrayList<>();
        for (Value one : value.isList() ? value.list() : List.of(value)) {
            texts.add(one.text());
        }
        return texts;
    }

    static Map<String, String> map(Value value) {
        Map<String, String> map = new HashMap<>();
        value.section().entries().forEach((key, meaning) -> map.put(key.toLowerCase(Locale.ROOT), meaning.text()));
        return map;
    }
}
