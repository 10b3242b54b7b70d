package dev.tactus.source.contract;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a payload is written. Whatever has lines is read as `{"rows": [...]}`, a line of CSV as an object of texts.
public enum PayloadFormat {
    JSON,
    NDJSON,
    CSV,
    TSV;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String ROWS = "rows";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// What a request asks for.
    public String accept() {
        return switch (this) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson, application/json";
            case CSV -> "text/csv, application/json";
            case TSV -> "text/tab-separated-values, application/json";
        };
    }

    /// Reads a body; one that is a JSON object where lines are expected is read as that: it tells of an error.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not of this format
    public JsonNode parse(byte[] body) {
        String text = this == JSON ? "" : new String(body, StandardCharsets.UTF_8);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return switch (this) {
            case JSON -> StrictJson.parse(body);
            case NDJSON -> lines(text);
            case CSV -> text.startsWith("{") ? StrictJson.parse(body) : table(text, ',');
            case TSV -> text.startsWith("{") ? StrictJson.parse(body) : table(text, '\t');
        };
    }

    private static JsonNode lines(String text) {
        ObjectNode payload = MAPPER.createObjectNode();
        ArrayNode rows = payload.putArray(ROWS);
        text.lines().filter(line -> !line.isBlank()).forEach(line -> rows.add(StrictJson.parse(line)));
        return payload;
    }

    private static JsonNode table(String text, char separator) {
        ObjectNode payload = MAPPER.createObjectNode();
        ArrayNode rows = payload.putArray(ROWS);
        try (CsvReader<CsvRecord> records =
                CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
            List<String> names = List.of();
            for (CsvRecord line : records) {
                if (names.isEmpty()) {
                    names = line.getFields().stream().map(String::strip).toList();
                    if (new HashSet<>(names).size() < names.size()) {
                        throw wrong("a column comes twice in the header");
                    }
                } else {
                    rows.add(row(names, line));
                }
            }
        } catch (CsvParseException e) {
            throw wrong("no " + (separator == ',' ? "CSV" : "TSV") + ": " + e.getMessage());
        } catch (IOException e) {
            throw wrong("can't be read: " + e.getMessage());
        }
        return payload;
    }

    private static ObjectNode row(List<String> names, CsvRecord line) {
        if (line.getFieldCount() != names.size()) {
            throw wrong("line " + line.getStartingLineNumber() + " has " + line.getFieldCount() + " cells, the header "
                    + names.size());
        }
        ObjectNode row = MAPPER.createObjectNode();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), line.getField(i));
        }
        return row;
    }

    private static StreamReadException wrong(String message) {
        return new StreamReadException(message);
    }
}
