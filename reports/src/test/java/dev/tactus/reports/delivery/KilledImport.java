package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SaleContext;
import dev.tactus.lake.sales.SaleRecording;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A process that imports a report step by step and dies at one of the steps, as a kill would have it: no cleaning up.
final class KilledImport {
    static final int KILLED = 99;

    enum At {
        WHILE_ROWS_ARE_WRITTEN,
        BEFORE_THE_LEDGER_KNOWS,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private KilledImport() {}

    /// Arguments: where to die, the folder of ledger and lake, the report.
    public static void main(String[] arguments) {
        At at = At.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        FileScan scan = FileScan.of(new OneFile(Path.of(arguments[2])));
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), ReportsFixture.CLOCK);
                Lake lake = Lake.open(folder.resolve("lake"), LakeSettings.defaults());
                SalesWriter writer = lake.sales().writer("killed", "DistroKid")) {
            SaleContext october = new SaleContext(
                    "Spotify",
                    "US",
                    "stream",
                    LocalDate.of(2026, 10, 1),
                    LocalDate.of(2026, 10, 31),
                    "2026-11",
                    "USD",
                    null,
                    null);
            SaleRecording song = new SaleRecording("USABC2500001", null, "T", "A", null);
            byte[] raw = "row".getBytes(StandardCharsets.UTF_8);
            writer.sale(2, october, song, 12L, null, raw);
            die(at, At.WHILE_ROWS_ARE_WRITTEN);
            PreparedSales written = writer.finish();
            die(at, At.BEFORE_THE_LEDGER_KNOWS);
            ledger.reports()
                    .begin(new Report(
                            "killed",
                            scan.sha256(),
                            scan.bytes(),
                            arguments[2],
                            "distrokid",
                            "",
                            "DistroKid",
                            List.of("Spotify"),
                            "",
                            Optional.of(LocalDate.of(2026, 10, 1)),
                            Optional.of(LocalDate.of(2026, 10, 31)),
                            new ReportCounts(2, 1, 0, 1),
                            List.of(),
                            List.of(),
                            List.of(),
                            ReportState.IMPORTING,
                            Optional.empty(),
                            Optional.empty(),
                            "killed",
                            ReportsFixture.CLOCK.instant()));
            die(at, At.BEFORE_THE_COMMIT);
            written.commit(Set.of(), Map.of());
            die(at, At.AFTER_THE_COMMIT);
        }
    }

    private record OneFile(Path file) implements ReportFile {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    private static void die(At at, At here) {
        if (at == here) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
