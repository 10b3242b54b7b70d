package dev.tactus.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.ReportCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each layout that comes with the program, with the quirks of its files.
class LayoutFixturesTest {
    private static final String ALL =
            "SELECT line, service, isrc, upc, territory, usage_type, usage_start, usage_end, statement_period, quantity,"
                    + " currency, net_revenue_reported FROM sales ORDER BY line";

    @SuppressWarnings("NullAway.Init")
    ReportsHouse house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new ReportsHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void distroKidInLatin1WithQuotes() {
        Path file = house.file("x.csv", """
                "Reporting Date","Sale Month","Store","Artist","Title","ISRC","UPC","Quantity","Team Percentage","Song/Album","Country of Sale","Songwriter Royalties Withheld","Earnings (USD)"
                "2026-11-20","2026-10","Spotify","Björk","Jóga, ""live\""","USABC2500001","859712345677","1,204","100","Song","US","0","3.612"
                "2026-11-20","2026-09","iTunes","Björk","Jóga","us-abc-25-00002","859712345677","-1","100","Song","OU","0","-.7"
                "2026-11-20","2026-10","Spotify","Björk","Jóga","USABC2500001","8.59712E+11","3","100","Song","US","0","0.01"
                """, StandardCharsets.ISO_8859_1);

        ImportOutcome.Imported imported = house.imported(file);

        assertThat(imported.report().layout()).isEqualTo("distrokid");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 1, 1));
        assertThat(house.rows(ALL))
                .containsExactly(
                        "2|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-31|2026-11|1204|USD|3.612",
                        "3|iTunes|USABC2500002|00859712345677|ZZ|download|2026-09-01|2026-09-30|2026-11|-1|USD|-.7");
        assertThat(house.rows("SELECT title, artist FROM sales WHERE line = 2"))
                .containsExactly("Jóga, \"live\"|Björk");
        assertThat(house.rows("SELECT line, field, reason FROM sales_rejects"))
                .singleElement()
                .asString()
                .startsWith("4|upc|'8.59712E+11' is in scientific notation");
    }

    @Test
    void ddexSampleOfARealService() {
        Path sample = sample("dsr/ddex__DSR_TEST_YouTube_AdSupport-music_2015-Q4_IS_1of1_20160121T150926.tsv");

        ImportOutcome.Imported imported = house.imported(sample);

        assertThat(imported.report().sender()).isEqualTo("YouTube");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(35, 6, 0, 29));
        assertThat(house.rows(ALL))
                .first()
                .isEqualTo("17|YouTube|USSM19803037|null|IS|stream|2015-10-01|2015-12-31|null|7810|USD|2.0");
    }

    /// A real file that lies beside the project, where there is one.
    private static Path sample(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/samples").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return Assumptions.abort("the samples are not here");
    }
}
