package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What another hand has changed in the lake's catalog, or beside its tables.
class CatalogHandsTest {
    @TempDir
    private Path folder;

    private StatementsFolder books = new StatementsFolder(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        books.run(0, "reconcile", "--period", "2026-01");
    }

    private void catalog(String sql) throws SQLException {
        try (Connection session = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lake/catalog.db"));
                Statement statement = session.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    /// An audit writes nothing: what is missing stays so, and is told.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM tactus_digest",
                "DELETE FROM tactus_digest WHERE path LIKE 'tactus/sales/metadata/00000-%'",
                "DELETE FROM iceberg_tables WHERE table_name = 'drift'",
                "DELETE FROM iceberg_namespace_properties",
                "DELETE FROM iceberg_namespace_properties WHERE property_key = 'tactus.digests'",
                "UPDATE iceberg_tables SET metadata_location = (SELECT metadata_location FROM iceberg_tables WHERE"
                        + " table_name = 'drift') WHERE table_name = 'sales'"
            })
    void anotherHandInTheCatalogIsFound(String change) throws SQLException {
        catalog(change);

        for (int time = 0; time < 2; time++) {
            CommandResult audit =
                    CommandResult.of("audit", "--config", books.config().toString());
            assertThat(audit.exit()).as(audit.out() + audit.err()).isNotZero();
            assertThat(audit.out() + audit.err()).doesNotContain("unexpected", "was moved");
        }
    }

    /// An earlier version has noted them so.
    @Test
    void digestsWithoutASealAreSaidToBeSo() throws SQLException, IOException {
        catalog("UPDATE iceberg_namespace_properties SET property_value = 'noted' WHERE property_key ="
                + " 'tactus.digests'");

        assertThat(books.run(0, "audit").out()).contains("never verified: whether digests were taken out");

        books.imports("2026-02", 1, 1);
        assertThat(books.run(0, "audit").out()).doesNotContain("never verified");
    }

    @Test
    void anAuditTellsWhereReadersByPathAreLed() throws IOException {
        Path hint = folder.resolve("lake/tactus/sales/metadata/version-hint.text");
        Files.writeString(hint, "9");

        assertThat(books.run(1, "audit").out()).contains("version-hint.text of sales");

        Files.writeString(hint, "0");
        assertThat(books.run(0, "audit").err()).contains("not finished", "readers by path of sales");
        books.run(0, "query", "SELECT 1");
        assertThat(books.run(0, "audit").err()).doesNotContain("not finished");
    }
}
