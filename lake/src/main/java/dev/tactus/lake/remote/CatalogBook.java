package dev.tactus.lake.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tactus.digest.Sha256;
import dev.tactus.lake.place.RegisterTable;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.util.JsonUtil;

/// What stands beside the pointers of a catalog that a server keeps: whose the lake is, digests, what took whose place,
/// and the states of tables.
///
/// It is worked on in tables of a database in memory and kept as text, one row a line.
final class CatalogBook {
    private static final String PROPERTIES = "iceberg_namespace_properties";
    private static final List<String> TABLES = Stream.concat(
                    Stream.of(PROPERTIES), Arrays.stream(RegisterTable.values()).map(RegisterTable::label))
            .toList();

    private final Connection session;

    CatalogBook(Connection session) {
        this.session = session;
    }

    /// Makes the tables that are not there.
    void make() throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (RegisterTable table : RegisterTable.values()) {
                statement.executeUpdate(table.make().replaceFirst("TABLE", "TABLE IF NOT EXISTS"));
            }
        }
    }

    /// All rows, as text that was packed.
    byte[] written() throws SQLException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed);
                Statement statement = session.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2, 3")) {
                    while (rows.next()) {
                        out.write(line(table, rows).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String line(String table, ResultSet rows) throws SQLException {
        ArrayNode line = JsonUtil.mapper().createArrayNode().add(table);
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            line.addPOJO(rows.getObject(column));
        }
        return line + "\n";
    }

    /// Takes these rows in place of those that are there.
    void read(byte[] packed) throws SQLException, IOException {
        try (Statement statement = session.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        }
        for (JsonNode row : rows(packed)) {
            String table = row.path(0).asText();
            if (!TABLES.contains(table)) {
                throw new IOException("it has rows of " + table + ", which this version does not know");
            }
            try (PreparedStatement insert = session.prepareStatement(
                    "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(row.size() - 2) + ")")) {
                for (int column = 1; column < row.size(); column++) {
                    JsonNode value = row.get(column);
                    insert.setObject(
                            column, value.isNull() ? null : value.isNumber() ? value.longValue() : value.asText());
                }
                insert.executeUpdate();
            }
        }
    }

    /// What a packed book says of the lake itself.
    static Map<String, String> properties(byte[] packed) throws IOException {
        Map<String, String> properties = new HashMap<>();
        for (JsonNode row : rows(packed)) {
            if (row.path(0).asText().equals(PROPERTIES)) {
                properties.put(row.path(3).asText(), row.path(4).asText());
            }
        }
        return properties;
    }

    private static List<JsonNode> rows(byte[] packed) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JsonUtil.mapper().readTree(line));
            }
        }
        return rows;
    }

    void note(String table, TableState state) throws SQLException {
        try (PreparedStatement replace = session.prepareStatement(
                "INSERT OR REPLACE INTO " + RegisterTable.STATE.label() + " VALUES (?, ?, ?, ?)")) {
            replace.setString(1, table);
            replace.setLong(2, state.changes());
            replace.setString(3, state.head().hex());
            replace.setString(4, state.whole().hex());
            replace.executeUpdate();
        }
    }

    /// What a table was when Tactus changed it last.
    Optional<TableState> state(String table) throws SQLException {
        try (PreparedStatement asked = session.prepareStatement(
                "SELECT changes, head, whole FROM " + RegisterTable.STATE.label() + " WHERE name = ?")) {
            asked.setString(1, table);
            ResultSet rows = asked.executeQuery();
            return rows.next()
                    ? Optional.of(new TableState(
                            rows.getLong(1), Sha256.parse(rows.getString(2)), Sha256.parse(rows.getString(3))))
                    : Optional.empty();
        }
    }
}
