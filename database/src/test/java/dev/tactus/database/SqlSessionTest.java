package dev.tactus.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSessionTest {
    @TempDir
    private Path folder;

    @Test
    void aStatementThatHasFailedWorksAgainOnceItsCauseIsGone() throws SQLException {
        Path file = folder.resolve("notebook.db");
        try (Database database = Notebook.open(file)) {
            Notebook.write(database, "a");
            Notebook.sql(file, "ALTER TABLE line RENAME TO away");
            assertThatThrownBy(() -> Notebook.write(database, "b")).hasMessageContaining("no such table: line");
            assertThatThrownBy(() -> Notebook.lines(database)).hasMessageContaining("no such table: line");
            Notebook.sql(file, "ALTER TABLE away RENAME TO line");
            Notebook.write(database, "c");
            assertThat(Notebook.lines(database)).containsExactly("a", "c");
        }
    }

    @Test
    void aValueThatCanNotBeIsDamageAndNoFaultOfTheProgram() throws SQLException {
        Path file = folder.resolve("notebook.db");
        try (Database database = Notebook.open(file)) {
            Notebook.write(database, "a");
            Notebook.sql(file, "UPDATE line SET text = NULL");
            assertThatThrownBy(() -> Notebook.lines(database))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("in the table line")
                    .hasMessageContaining("backup");
        }
    }
}
