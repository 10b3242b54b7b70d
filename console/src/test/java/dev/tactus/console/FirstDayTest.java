package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The first day of a label that has a catalog and statements, and no API.
class FirstDayTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    StatementsFolder books;

    @BeforeEach
    void settle() throws IOException {
        books = StatementsFolder.in(folder);
    }

    private JsonNode reconciled() {
        return books.run(0, "reconcile", "--period", "2026-01", "--json")
                .json()
                .path("sources")
                .path(0);
    }

    @Test
    void statementsAreMatchedToTheCatalogWithoutAnySync() throws IOException {
        books.imports("2026-01", 100, 50);

        assertThat(reconciled().path("payable_count").asLong()).isEqualTo(150);
        assertThat(Files.readString(folder.resolve("reconciled/spotify-2026-01.csv")))
                .contains("\"Öl & 夜の歌\"");
    }

    @Test
    void aCatalogThatHasGrownSinceTheImportCountsAtReconcile() throws IOException {
        String whole = Files.readString(folder.resolve("catalog.csv"));
        Files.writeString(folder.resolve("catalog.csv"), whole.lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
        books.imports("2026-01", 100, 50);
        assertThat(reconciled().path("payable_count").asLong()).isEqualTo(100);

        Files.writeString(folder.resolve("catalog.csv"), whole);
        assertThat(reconciled().path("payable_count").asLong()).isEqualTo(150);
    }

    @Test
    void aCatalogThatIsGoneIsToldAndHoldsUpNothing() throws IOException {
        Files.delete(folder.resolve("catalog.csv"));

        CommandResult imported = books.run(
                0,
                "reports",
                "import",
                books.statement("s", "2026-01", 100, 50, "0.01").toString());

        assertThat(imported.err()).contains("catalog.csv").contains("so nothing is matched to recordings");
        assertThat(imported.out()).contains("2 landed");
    }
}
