package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The bundled layouts of services, with the quirks of their files.
class ServiceLayoutsTest extends ReportsFixtureTest {
    @Test
    void spotifyLicensorWithItsCurrencyInTheHeader() {
        Path file = fixture.file(
                "x.txt",
                "Spotify tracks v2\nStart date\t2026-10-01\tEnd date\t2026-10-31\n"
                        + "Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\t"
                        + "Album name\tQuantity\tUSD Payable\n"
                        + "US\tOurs\tPremium\tspotify:track:1\t859712345677\t\tUSABC2500001\t\"Heroes\"\tSomebody\t\t"
                        + "Album\t120\t0.4212345678901234567890123456789\n"
                        + "DE\tOurs\tFree\tspotify:track:1\t\t0859712345677\tUSABC2500001\tA \"b\tSomebody\t\tAlbum\t"
                        + "3\t1.2e-05\n");

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().layout()).isEqualTo("spotify-licensor");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(5, 2, 0, 3));
        assertThat(fixture.sales())
                .containsExactly(
                        "4|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-31|null|120|USD|"
                                + "0.4212345678901234567890123456789",
                        "5|Spotify|USABC2500001|00859712345677|DE|stream|2026-10-01|2026-10-31|null|3|USD|1.2e-05");
        assertThat(fixture.rows("SELECT title FROM sales ORDER BY line")).containsExactly("\"Heroes\"", "A \"b");
    }

    @Test
    void spotifyLicensorThatDoesNotSayItsDaysNeedsThem() {
        Path file = fixture.file(
                "x.txt",
                "Spotify\ntracks v2\nCountry\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\t"
                        + "Composer name\tAlbum name\tQuantity\tEUR Payable\n"
                        + "US\tOurs\tPremium\tu\t\t\tUSABC2500001\tT\tA\t\tAlbum\t120\t0.4\n");

        assertThat(fixture.refused(file)).contains("pass --period");

        ImportOptions options = new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2026-10"),
                Optional.empty(),
                false,
                Optional.empty(),
                java.util.List.of(),
                "");
        fixture.imported(file, options);
        assertThat(fixture.rows("SELECT usage_start, usage_end, currency FROM sales"))
                .containsExactly("2026-10-01|2026-10-31|EUR");
    }

    @Test
    void appleS1OfAFiscalPeriodInBothVariants() {
        String preamble = "Vendor Name\tOurs\nStart Date\t10/01/2026\nEnd Date\t11/04/2026\nReport Type\tS1\n";
        String header = "Storefront Name\tApple Identifier\tISRC\tContent Title\tArtist\tTotal Royalty Bearing Plays\t"
                + "Net Royalty Total\tCurrency\n";
        Path first = fixture.file(
                "a.txt",
                preamble + header + "US\t11\tUSABC2500001\tT\tA\t9\t.021330\tUSD\n"
                        + "US\t12\tUSABC2500001\tT\tA\t1\t.002370\tUSD\n");
        Path second = fixture.file(
                "b.txt",
                preamble + header.replace("Total Royalty", "Total  Royalty")
                        + "JP\t11\tUSABC2500001\tT\tA\t9\t3\tJPY\n");

        fixture.imported(first);
        fixture.imported(second);

        assertThat(fixture.sales())
                .containsExactlyInAnyOrder(
                        "6|Apple Music|USABC2500001|null|US|stream|2026-10-01|2026-11-04|null|9|USD|.021330",
                        "7|Apple Music|USABC2500001|null|US|stream|2026-10-01|2026-11-04|null|1|USD|.002370",
                        "6|Apple Music|USABC2500001|null|JP|stream|2026-10-01|2026-11-04|null|9|JPY|3");
    }

    @Test
    void appleFinancialWithReturnsReleasesAndTotals() {
        String header = "Start Date\tEnd Date\tUPC\tISRC/ISBN\tVendor Identifier\tQuantity\tPartner Share\t"
                + "Extended Partner Share\tPartner Share Currency\tSales or Return\tApple Identifier\t"
                + "Artist/Show/Developer/Author\tTitle\tLabel\tGrid\tProduct Type Identifier\tISAN\tCountry Of Sale\n";
        String rows = """
                10/01/2026\t11/04/2026\t859712345677\tUSABC2500001\tv\t2\t.70\t1.40\tUSD\tS\t1\tA\tT\tL\t\tPI\t\tUS
                10/01/2026\t11/04/2026\t859712345677\tUSABC2500001\tv\t-1\t.70\t-.70\tUSD\tR\t1\tA\tT\tL\t\tPI\t\tCA
                10/01/2026\t11/04/2026\t859712345677\t\tv\t1\t6.99\t6.99\tUSD\tS\t1\tA\tAlbum\tL\t\tPA\t\tUS
                """;
        String totals = """
                Total_Rows\t3
                Total_Amount\t7.69
                Total_Units\t2
                Country Of Sale\tPartner Share Currency\tQuantity\tExtended Partner Share
                US\tUSD\t3\t8.39
                """;

        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.txt", header + rows + totals));

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(9, 3, 0, 6));
        assertThat(imported.totalsChecked()).isEqualTo(3);
        assertThat(fixture.rows("SELECT isrc, upc, usage_key, quantity, net_revenue_reported FROM sales ORDER BY line"))
                .containsExactly(
                        "USABC2500001|00859712345677|null|2|1.40",
                        "USABC2500001|00859712345677|null|-1|-.70",
                        "null|00859712345677|apple|00859712345677|album|a|1|6.99");

        assertThat(fixture.refused(fixture.file("b.txt", header + rows + totals.replace("7.69", "8.69"))))
                .contains("line 6 states a total net revenue of 8.69, but the rows add up to 7.69")
                .contains("--accept");
    }

    @Test
    void soundCloudWithTwoLinesBeforeItsHeader() {
        Path file = fixture.file("x.csv", """
                SoundCloud for Artists
                Royalties of October 2026
                Store,Artist,Track Title,ISRC,UPC,Territory,Usage Type,Quantity,Split Pay Share (%),Revenue (USD)
                SoundCloud,A,T,USABC2500001,,US,Stream,10,100,0.02
                """);

        fixture.imported(file);

        assertThat(fixture.sales())
                .containsExactly("4|SoundCloud|USABC2500001|null|US|stream|2026-10-01|2026-10-31|null|10|USD|0.02");
    }

    @Test
    void youTubeWithAnAdjustmentOfAnEarlierMonth() {
        Path file = fixture.file("x.csv", """
                Adjustment Type,Day,Country,Asset ID,Asset Title,Asset Type,ISRC,UPC,Artist,Owned Views,Partner Revenue
                None,20261001,US,a1,T,Art Track,USABC2500001,,A,100,0.123456
                Backpay,20260801,US,a1,T,Sound Recording,USABC2500001,,A,0,-0.02
                """);

        fixture.imported(file);

        assertThat(fixture.sales())
                .containsExactly(
                        "2|YouTube|USABC2500001|null|US|stream|2026-10-01|2026-10-01|null|100|USD|0.123456",
                        "3|YouTube|USABC2500001|null|US|ugc|2026-08-01|2026-08-01|null|0|USD|-0.02");
    }

    @Test
    void bandcampInUtf16() {
        Path file = fixture.file("x.csv", "\uFEFF" + """
                date,paid to,item type,item name,artist,currency,item price,quantity,sub total,net amount,upc,isrc,country
                1/2/20 4:49am,x,track,Jóga,Björk,USD,1.00,1,1.00,0.82,,USABC2500001,United States
                1/3/20 5:00pm,x,payout,,,USD,,,,-5.00,,,
                1/3/20 5:00pm,x,package,Vinyl,Björk,USD,20.00,1,20.00,17.10,859712345677,,Iceland
                """, StandardCharsets.UTF_16LE);

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 0, 2));
        assertThat(
                        fixture.rows(
                                "SELECT line, isrc, upc, title, territory, usage_type, usage_start, usage_key FROM sales ORDER BY 1"))
                .containsExactly(
                        "2|USABC2500001|null|Jóga|US|download|2020-01-02|null",
                        "4|null|00859712345677|Vinyl|IS|physical|2020-01-03|bandcamp|00859712345677|vinyl|björk");
    }
}
