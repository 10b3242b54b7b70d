package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A quarter that is paid beside its months is told before the quarter is closed, and as it is.
class SharedDaysCommandsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String days, int units) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "Sale Start date,Sale End date,DSP,Sale Store Name,Sale Type,Territory,Product UPC,Product Reference,"
                        + "Product Catalog Number,Product Label,Product Artist,Product Title,Asset Artist,Asset Title,"
                        + "Asset Version,Asset ISRC,Product Quantity,Asset Quantity,Original Gross Income,"
                        + "Original currency,Exchange Rate,Converted Gross Income,Contract deal term,Reported Royalty,"
                        + "Currency\n" + days + ",Spotify,Spotify,Stream,DE,,,,L,A,Alb,Ada,One,,"
                        + StatementsFolder.ONE + ",," + units + ",1,EUR,1,1,0.8," + units + ".5,EUR\n");
    }

    @Test
    void reconcileAndCloseWarnOfAQuarterBesideItsMonths() throws IOException {
        StatementsFolder books = StatementsFolder.in(folder);
        books.run(
                0,
                "reports",
                "import",
                file("m7.csv", "2026-07-01,2026-07-31", 100).toString());
        books.run(
                0,
                "reports",
                "import",
                file("m8.csv", "2026-08-01,2026-08-31", 100).toString());
        String quarter = file("q3.csv", "2026-07-01,2026-09-30", 200).toString();
        assertThat(books.run(2, "reports", "import", quarter).out())
                .contains("it tells usage of 2026-Q3 as a whole or in parts", "units 200 → 400");
        books.run(0, "reports", "import", quarter, "--accept", "other plays");

        String words = "by ranges that have days in common (2026-07-01..2026-09-30 and 2026-07-01..2026-07-31)";
        assertThat(books.run(0, "reconcile", "--period", "2026-Q3").out()).contains("warning: ", words);
        assertThat(books.run(0, "close", "--period", "2026-Q3", "--by", "Ada").out())
                .contains("warning: ", words);
    }
}
