package dev.tactus.reconcile.statements;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Usage that is told by ranges that share days is never paid without a word.
class SharedDaysConflictTest {
    private static final Period FIRST_HALF = days(1, 15);

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(8);
    }

    @AfterEach
    void close() {
        books.close();
    }

    private static Period days(int from, int to) {
        return Period.parse(LocalDate.of(2026, 10, from) + ".." + LocalDate.of(2026, 10, to));
    }

    private void sold(String report, int recording, String territory, Period days) {
        books.sold(report, "Deezer", isrc(recording), territory, "stream", days, 5, "EUR", "1");
    }

    private List<String> warnings(Period period) {
        books.imported();
        try (Workbench bench = books.lake.workbench(128)) {
            return SharedDaysConflict.of(bench, books.services, "deezer", period).stream()
                    .map(SharedDaysConflict::words)
                    .toList();
        }
    }

    @Test
    void aMonthAndItsHalfAreTold() {
        sold("r1", 0, "DE", OCTOBER);
        sold("r1", 1, "DE", OCTOBER);
        sold("r2", 0, "DE", FIRST_HALF);
        sold("r2", 1, "DE", FIRST_HALF);
        assertThat(warnings(OCTOBER))
                .containsExactly(
                        "sender reports 2 combinations of recording, territory and kind of usage by ranges that"
                                + " have days in common (2026-10-01..2026-10-31 and 2026-10-01..2026-10-15): all of it counts;"
                                + " look whether it is the same usage twice, and void the report that says it again"
                                + " (tactus reports void)");
        assertThat(warnings(FIRST_HALF)).as("the month is no part of its half").isEmpty();
    }

    @Test
    void rangesThatMeetInTheMiddleAreToldToo() {
        sold("r1", 0, "DE", days(1, 20));
        sold("r2", 0, "DE", days(10, 31));
        assertThat(warnings(OCTOBER)).singleElement().asString().contains("sender reports 1 combination of");
    }

    @Test
    void otherTerritoriesOtherDaysAndTheSameDaysAreNot() {
        sold("r1", 0, "DE", OCTOBER);
        sold("r1", 0, "DE", OCTOBER);
        sold("r2", 0, "FR", FIRST_HALF);
        sold("r2", 0, "FR", days(16, 31));
        sold("r2", 1, "DE", FIRST_HALF);
        assertThat(warnings(OCTOBER)).isEmpty();
    }
}
