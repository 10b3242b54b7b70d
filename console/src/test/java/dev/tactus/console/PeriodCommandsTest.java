package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The commands on periods of a label that has statements and no API.
class PeriodCommandsTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    StatementsFolder books;

    @BeforeEach
    void settle() throws IOException {
        books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
    }

    @Test
    void aSourceThatNobodyKnowsIsRefusedWithWhatThereIs() {
        assertThat(books.run(2, "reconcile", "--period", "2026-01", "--source", "x")
                        .err())
                .contains("nor a service in the reports of 2026-01; there are spotify");
        assertThat(books.run(2, "reconcile", "--period", "2024-01", "--source", "x")
                        .err())
                .contains("nor a service in the reports of 2024-01; there are no reports of that period, and no source")
                .doesNotContain("there are \n");
        assertThat(books.run(2, "audit", "--period", "2026-01", "--source", "x").err())
                .contains("there is no such source; there are none yet");
    }

    @Test
    void aPeriodThatNobodyTellsOfIsSaidToBeOne() {
        assertThat(books.run(0, "reconcile", "--period", "2024-01").err())
                .contains("2024-01: no source of", "no report tells of the period");
        JsonNode none =
                books.run(0, "reconcile", "--period", "2024-01", "--json").json();
        assertThat(none.path("sources").isEmpty()).isTrue();
        assertThat(books.run(2, "close", "--period", "2024-01", "--by", "Ada").err())
                .contains("nothing was closed");
    }
}
