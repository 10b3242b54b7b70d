package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.gate.GateRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What a row says besides, and files that a spreadsheet program has saved again.
class MoreOfTheRowTest extends ReportsFixtureTest {
    private static final String BELIEVE = """
            Reporting month,Sales Month,Platform,Country / Region,Label Name,Artist Name,Release title,Track title,UPC,\
            ISRC,Release Catalog nb,Release type,Sales Type,Quantity,Client Payment Currency,Unit Price,Mechanical Fee,\
            Gross Revenue,Client share rate,Net Revenue
            2026-11-01,2026-10-01,Spotify,Germany,North,Ada Lind,Tides,Tide,859712345677,QZABC2600001,NR-01,\
            Music Release,Streaming,12,EUR,0.003,0.001,0.036,0.8,0.0288
            2026-11-01,2026-10-01,Spotify,Germany,,Ada Lind,Tides,Tide,859712345677,QZABC2600002,,\
            Music Release,Streaming,12,EUR,,n/a,much,,0.0288
            """;

    @Test
    void labelNumberGrossPriceFeeAndShareAreKept() {
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", BELIEVE));
        assertThat(fixture.rows("SELECT label, catalogue_number, CAST(gross AS DECIMAL(18,4)), CAST(unit_price AS"
                        + " DECIMAL(18,4)), CAST(fee AS DECIMAL(18,4)), tax, CAST(share AS DECIMAL(18,4)) FROM sales"
                        + " ORDER BY line"))
                .containsExactly("North|NR-01|0.0360|0.0030|0.0010|null|0.8000", "null|null|null|null|null|null|null");
        assertThat(imported.notes()).containsEntry("rows whose gross can't be read: landed without it", 1L);
    }

    @Test
    void aShareInPercentIsRead() {
        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.csv", BELIEVE.replace("0.036,0.8,", "0.036,80%,")));

        assertThat(fixture.rows("SELECT CAST(share AS DECIMAL(18,4)) FROM sales ORDER BY line"))
                .containsExactly("80.0000", "null");
        assertThat(imported.notes().keySet()).noneMatch(note -> note.contains("share"));
    }

    @Test
    void aKindOfSubscriptionIsKept() {
        fixture.imported(fixture.file(
                "a.csv",
                "Reporting Period,Label,Release Name,Release Version,Release Artists,UPC Code,Catalogue,Track Title,Mix"
                        + " Version,ISRC Code,Track Artists,Digital Service Provider,Activity Period,Territory,Delivery,"
                        + "Content Type,Sale or Void,Count,Royalty ($US)\n"
                        + "JUN-26,North,Tides,,Ada Lind,859712345677,NR-01,Tide,Original Mix,QZABC2600001,Ada Lind,"
                        + "Spotify,APR-26,US,Stream,Ad-Funded Stream,Sale,900,3.41\n"));
        assertThat(fixture.rows("SELECT subscription_type, label FROM sales"))
                .containsExactly("Ad-Funded Stream|North");
    }

    @Test
    void aTextThatWasSavedAgainWithSemicolonsIsReadAsItWasMeant() {
        fixture.rules = GateRules.defaults();
        String resaved = """
                Reporting Date;Sale Month;Store;Artist;Title;ISRC;UPC;Quantity;Team Percentage;Song/Album;\
                Country of Sale;Songwriter Royalties Withheld;Earnings (USD)
                20.11.2026;01.10.2026;Spotify;A;"T;x";USABC2510001;1,98E+11;5;100;Song;US;0;0,034
                20.11.2026;01.10.2026;Spotify;A;T;USABC2510002;;1.200;100;Song;US;0;1.234,5
                """;
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", resaved));
        assertThat(imported.report().layout()).isEqualTo("distrokid");
        assertThat(fixture.rows("SELECT usage_start, usage_end, statement_period, title, quantity,"
                        + " CAST(net_revenue AS DECIMAL(18,3)) FROM sales ORDER BY line"))
                .containsExactly(
                        "2026-10-01|2026-10-31|2026-11|T;x|5|0.034", "2026-10-01|2026-10-31|2026-11|T|1200|1234.500");
    }

    @Test
    void recordsHaveOneWayOfWritingNumbersToo() {
        String sales = """
            S,M,2026-10-03T10:00:00.000Z,School,T,A,USABC2510001,,L,US,USD,6,0,0,6,6,3,"0,034"
            S,M,2026-10-03T10:00:00.000Z,School,T,A,USABC2510002,,L,US,USD,6,0,0,6,6,3,"1,234"
            """;
        String head = "T,M,2026-10-01T00:00:00.000Z,2026-10-31T00:00:00.000Z,1,USD,0,3.00,3.00\n";
        fixture.imported(fixture.file("a.csv", (head + sales).getBytes(StandardCharsets.UTF_8)));
        assertThat(fixture.rows("SELECT CAST(net_revenue AS DECIMAL(18,3)) FROM sales ORDER BY line"))
                .containsExactly("0.034", "1.234");
        assertThat(fixture.refused(fixture.file("b.csv", head + sales.replace("1,234", "0.5"))))
                .contains("net_revenue is written in two ways");
    }
}
