package dev.tactus.reconcile.export;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an engine's import file looks like: data, as layouts of reports are.
///
/// @param note what of it could be verified; told with each export
public record ExportFormat(String name, String note, List<Heading> columns) {
    /// Those that come with the program.
    public static final List<String> BUNDLED = List.of("curve", "reprtoir", "generic");

    private static final List<String> FIELDS = List.of(
            "source",
            "period",
            "from",
            "to",
            "corrects",
            "isrc",
            "upc",
            "title",
            "artists",
            "territory",
            "usage_type",
            "units",
            "currency",
            "amount");

    /// A column.
    ///
    /// @param field what stands in it
    /// @param words what is written in place of some values
    public record Heading(String name, String field, Map<String, String> words) {}

    public ExportFormat {
        columns = List.copyOf(columns);
    }

    /// A bundled one by its name, or a file.
    public static Optional<ExportFormat> find(String name) {
        if (BUNDLED.contains(name)) {
            try (InputStream in = ExportFormat.class.getResourceAsStream("formats/" + name + ".yaml")) {
                if (in == null) {
                    throw new IllegalStateException("the format " + name + " is missing");
                }
                return Optional.of(
                        read(Section.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), _ -> null)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return name.endsWith(".yaml") ? Optional.of(read(Section.read(Path.of(name), _ -> null))) : Optional.empty();
    }

    private static ExportFormat read(Section yaml) {
        yaml.only("format", "note", "columns");
        return new ExportFormat(
                yaml.require("format").text(),
                yaml.find("note").map(Value::text).orElse(""),
                yaml.require("columns").list().stream()
                        .map(one -> heading(one.section()))
                        .toList());
    }

    private static Heading heading(Section yaml) {
        yaml.only("name", "field", "words");
        Value field = yaml.require("field");
        if (!FIELDS.contains(field.text())) {
            throw field.bad("expected one of " + String.join(", ", FIELDS));
        }
        Map<String, String> words = new LinkedHashMap<>();
        yaml.find("words").ifPresent(map -> map.section().entries().forEach((from, to) -> words.put(from, to.text())));
        return new Heading(yaml.require("name").text(), field.text(), words);
    }
}
