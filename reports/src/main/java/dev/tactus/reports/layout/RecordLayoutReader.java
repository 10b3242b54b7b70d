package dev.tactus.reports.layout;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `records:` of a layout.
final class RecordLayoutReader {
    private final Section yaml;

    RecordLayoutReader(Section yaml) {
        this.yaml = yaml;
    }

    RecordLayout read() {
        yaml.only("comment", "kind", "heads", "feet", "separator", "kept", "rows", "shares", "columns");
        Map<String, String> feet = new HashMap<>();
        yaml.find("feet")
                .ifPresent(v -> v.section().entries().forEach((type, column) -> feet.put(type, column.text())));
        return new RecordLayout(
                yaml.find("comment").map(Value::text).orElse("#"),
                yaml.find("kind").map(RecordLayoutReader::cells).orElse(1),
                set(yaml.require("heads")),
                feet,
                yaml.find("separator").map(Value::text),
                yaml.find("kept").map(this::kept).orElseGet(Map::of),
                set(yaml.require("rows")),
                yaml.find("shares").map(v -> shares(v.section())),
                columns(yaml.require("columns")));
    }

    private static RecordLayout.ShareRecords shares(Section section) {
        section.only("types", "of", "amount");
        return new RecordLayout.ShareRecords(
                set(section.require("types")), set(section.require("of")), headings(section.require("amount")));
    }

    private static int cells(Value value) {
        if (!value.text().matches("[1-9]")) {
            throw value.bad("expected how many first cells tell the kind of a record, 1 to 9");
        }
        return Integer.parseInt(value.text());
    }

    private Map<String, RecordLayout.KeptRecords> kept(Value value) {
        Map<String, RecordLayout.KeptRecords> kept = new LinkedHashMap<>();
        value.section().entries().forEach((name, one) -> {
            Section section = one.section();
            section.only("types", "key", "by", "within", "alone");
            if (section.has("key") != section.has("by")) {
                throw section.bad("\"key\" (what names the record) and \"by\" (where rows name it) must both be given");
            }
            kept.put(
                    name,
                    new RecordLayout.KeptRecords(
                            set(section.require("types")),
                            section.find("key")
                                    .map(RecordLayoutReader::headings)
                                    .orElseGet(List::of),
                            section.find("by").map(RecordLayoutReader::headings).orElseGet(List::of),
                            section.find("within").map(Value::text).map(ColumnName::normal),
                            section.find("alone").map(Value::flag).orElse(false)));
        });
        return kept;
    }

    private static Map<String, List<String>> columns(Value value) {
        Map<String, List<String>> columns = new HashMap<>();
        value.section().entries().forEach((type, names) -> columns.put(type, LayoutReader.list(names)));
        return columns;
    }

    private static List<String> headings(Value value) {
        return LayoutReader.list(value).stream().map(ColumnName::normal).toList();
    }

    private static Set<String> set(Value value) {
        return new HashSet<>(LayoutReader.list(value));
    }
}
