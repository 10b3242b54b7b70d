package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A process that is killed in the middle of an import leaves nothing half imported, wherever that was.
class KilledImportTest {
    @ParameterizedTest
    @EnumSource(KilledImport.At.class)
    void leavesNothingHalfImported(KilledImport.At at, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), BadInputTest.REPORT);
        try (ReportsFixture fixture = new ReportsFixture(folder)) {
            fixture.imported(fixture.file("before.csv", BadInputTest.REPORT.replace("2026-10", "2026-09")));
        }

        assertThat(killed(at, folder, file)).isEqualTo(KilledImport.KILLED);

        try (ReportsFixture fixture = new ReportsFixture(folder)) {
            assertThat(fixture.rows("SELECT count(*) FROM sales WHERE usage_start = DATE '2026-10-01'"))
                    .as("all or nothing is visible")
                    .containsExactly(at == KilledImport.At.AFTER_THE_COMMIT ? "1" : "0");

            ImportOutcome again = fixture.take(file, ImportOptions.none()).getFirst();

            assertThat(again)
                    .isInstanceOf(
                            at == KilledImport.At.AFTER_THE_COMMIT
                                    ? ImportOutcome.Known.class
                                    : ImportOutcome.Imported.class);
            assertThat(fixture.rows("SELECT count(*), count(DISTINCT report_id) FROM sales"))
                    .containsExactly("2|2");
            assertThat(fixture.ledger.reports().unsettled()).isEmpty();
            assertThat(fixture.ledger.reports().list())
                    .extracting(Report::state)
                    .containsExactly(ReportState.IMPORTED, ReportState.IMPORTED);
        }
    }

    private static int killed(KilledImport.At at, Path folder, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-cp",
                                        System.getProperty("java.class.path")),
                                Stream.of(KilledImport.class.getName(), at.name(), folder.toString(), file.toString()))
                        .toList())
                .redirectErrorStream(true)
                .start();
        List<String> said = process.inputReader().lines().toList();
        int exit = process.waitFor();
        if (exit != KilledImport.KILLED) {
            throw new AssertionError(String.join("\n", said));
        }
        return exit;
    }
}
