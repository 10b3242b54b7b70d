package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The bundled layouts of distributors, with the quirks of their files.
class DistributorLayoutsTest extends ReportsFixtureTest {
    @Test
    void distroKidInLatin1WithQuotes() {
        Path file = fixture.file("x.csv", """
                "Reporting Date","Sale Month","Store","Artist","Title","ISRC","UPC","Quantity","Team Percentage","Song/Album","Country of Sale","Songwriter Royalties Withheld","Earnings (USD)"
                "2026-11-20","2026-10","Spotify","Björk","Jóga, ""live\""","USABC2500001","859712345677","1,204","100","Song","US","0","3.612"
                "2026-11-20","2026-09","iTunes","Björk","Jóga","us-abc-25-00002","859712345677","-1","100","Song","OU","0","-.7"
                "2026-11-20","2026-10","Spotify","Björk","Jóga","USABC2500001","8.59712E+11","3","100","Song","US","0","0.01"
                """, StandardCharsets.ISO_8859_1);

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().layout()).isEqualTo("distrokid");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 3, 0, 1));
        assertThat(fixture.sales())
                .containsExactly(
                        "2|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-31|2026-11|1204|USD|3.612",
                        "3|iTunes|USABC2500002|00859712345677|ZZ|download|2026-09-01|2026-09-30|2026-11|-1|USD|-.7",
                        "4|Spotify|USABC2500001|null|US|stream|2026-10-01|2026-10-31|2026-11|3|USD|0.01");
        assertThat(fixture.rows("SELECT title, artist FROM sales WHERE line = 2"))
                .containsExactly("Jóga, \"live\"|Björk");
        assertThat(imported.notes())
                .containsEntry("rows with an ISRC whose UPC is invalid: landed without the UPC", 1L);
    }

    @Test
    void distroKidByTabsWithThirtyThreeDecimals() {
        Path file = fixture.file(
                "x.tsv",
                "Reporting Date\tSale Month\tStore\tArtist\tTitle\tISRC\tUPC\tQuantity\tTeam Percentage\tSong/Album\t"
                        + "Country of Sale\tSongwriter Royalties Withheld\tEarnings (USD)\n"
                        + "2026-11-20\t2026-10\tDeezer\tA\tB\tUSABC2500001\t\t7\t100\tSong\tDE\t0\t"
                        + "0.000000000000000000000000000000001\n"
                        + "2026-11-20\t2026-10\tDeezer\tA\tB\tUSABC2500001\t\t7\t100\tSong\tDE\t0\t2.5E-3\n");

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().totals()).singleElement().satisfies(total -> {
            assertThat(total.rounded()).isEqualTo(1);
            assertThat(total.reported()).isEqualByComparingTo("0.002500000000000000000000000000001");
            assertThat(total.landed()).isEqualByComparingTo("0.0025");
        });
        assertThat(fixture.rows("SELECT net_revenue, net_revenue_reported FROM sales ORDER BY line"))
                .containsExactly("0E-18|0.000000000000000000000000000000001", "0.002500000000000000|2.5E-3");
    }

    @Test
    void tuneCoreWithThousandsAndTwoDigitYears() {
        Path file = fixture.file("x.csv", """
                Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Release Type,Release Title,Song Title,Label,UPC,Optional UPC,TC Song ID,Optional ISRC,Sales Type,# Units Sold,Per Unit Price,Net Sales,Net Sales Currency,Exchange Rate,Total Earned,Currency
                9/1/26,11/5/26,Spotify,US,A,Single,R,S,L,859712345677,,1,USABC2500001,Streaming,"1,200",0.003,3.6,USD,1.0,3.6,USD
                9/1/26,11/5/26,iTunes,GB,A,Single,R,S,L,859712345677,,1,USABC2500001,Download,(2),0.7,(1.4),GBP,1.27,(1.778),USD
                Total,,,,,,,,,,,,,,"1,198",,,,,1.822,
                """);

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 0, 2));
        assertThat(fixture.sales())
                .containsExactly(
                        "2|Spotify|USABC2500001|00859712345677|US|stream|2026-09-01|2026-09-30|2026-11|1200|USD|3.6",
                        "3|iTunes|USABC2500001|00859712345677|GB|download|2026-09-01|2026-09-30|2026-11|-2|USD|(1.778)");
        assertThat(fixture.rows("SELECT exchange_rate FROM sales ORDER BY line"))
                .containsExactly("1.000000000000000000", "1.270000000000000000");
    }

    @Test
    void believeInFrenchWithSemicolonsAndDecimalComma() {
        Path file = fixture.file("x.csv", """
                Mois de reporting;Mois de vente;Plateforme;Pays / Région;Nom du label;Nom de l'artiste;Titre de la sortie;Titre de la piste;UPC;ISRC;Type de vente;Quantité;Devise de paiement client;Prix unitaire;Revenu net
                01/11/2026;01/10/2026;Spotify;Allemagne;L;Françoise;Album;Été;859712345677;FRABC2500001;Streaming;1.204;EUR;0,003;3.611,25
                01/11/2026;01/10/2026;Deezer;FR;L;Françoise;Album;Été;859712345677;FRABC2500001;Streaming;3;EUR;0,003;0,0123
                """, Charset.forName("windows-1252"));

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().layout()).isEqualTo("believe-europe");
        assertThat(fixture.sales())
                .containsExactly(
                        "2|Spotify|FRABC2500001|00859712345677|DE|stream|2026-10-01|2026-10-31|2026-11|1204|EUR|3.611,25",
                        "3|Deezer|FRABC2500001|00859712345677|FR|stream|2026-10-01|2026-10-31|2026-11|3|EUR|0,0123");
        assertThat(fixture.rows("SELECT net_revenue, title FROM sales ORDER BY line"))
                .containsExactly("3611.250000000000000000|Été", "0.012300000000000000|Été");
    }

    @Test
    void believeInEnglish() {
        Path file = fixture.file("x.csv", """
                Reporting month,Sales Month,Platform,Country / Region,Label Name,Artist Name,Release title,Track title,UPC,ISRC,Release Catalog nb,Release type,Sales Type,Quantity,Client Payment Currency,Unit Price,Mechanical Fee,Gross Revenue,Client share rate,Net Revenue
                2026-11-01,2026-10-01,Spotify,Germany,L,A,R,T,859712345677,USABC2500001,,Music Release,Streaming,12,EUR,0.003,0,0.04,0.8,0.032
                """);

        assertThat(fixture.imported(file).report().layout()).isEqualTo("believe");
        assertThat(fixture.sales())
                .containsExactly(
                        "2|Spotify|USABC2500001|00859712345677|DE|stream|2026-10-01|2026-10-31|2026-11|12|EUR|0.032");
    }

    @Test
    void fugaWithTheQuantityOfAnAssetOrOfAProduct() {
        Path file = fixture.file("x.csv", """
                Sale Start date,Sale End date,DSP,Sale Store Name,Sale Type,Territory,Product UPC,Product Title,Product Artist,Asset Title,Asset Artist,Asset ISRC,Product Quantity,Asset Quantity,Original currency,Exchange Rate,Converted Gross Income,Reported Royalty,Currency
                2026-10-01,2026-10-31,Spotify,Spotify,Stream,SE,859712345677,P,A,T,A,USABC2500001,0,41,SEK,0.088,0.2,0.164,EUR
                2026-10-01,2026-10-31,iTunes,iTunes,Download,SE,859712345677,P,A,,,,3,0,SEK,0.088,9,8.1,EUR
                """);

        fixture.imported(file);

        assertThat(fixture.rows("SELECT service, isrc, quantity, title, usage_type FROM sales ORDER BY line"))
                .containsExactly("Spotify|USABC2500001|41|T|stream", "iTunes|null|3|P|download");
    }

    @Test
    void theOrchardWithItsByteOrderMarkAndPrefixedUpc() {
        Path file = fixture.file("x.csv", """
                \uFEFFSTATEMENT PERIOD,TRANSACTION DATE,STORE,SALE COUNTRY,TRANS TYPE DESC,DISPLAY UPC,ISRC,LABEL IMPRINT,PRODUCT ARTIST,PRODUCT,TRACK,QUANTITY,NET SHARE ACCOUNT CURRENCY,ACCOUNT CURRENCY,CURRENCY CONVERSION RATE
                November 2026,2026-10-01,Spotify,United States,Stream,empty:859712345677,USABC2500001,L,A,P,T,5,0.0151,USD,1
                26-11,2026-10-01,Amazon,GBR,Download,empty:859712345677,USABC2500001,L,A,P,T,1,0.7,USD,1
                """);

        fixture.imported(file);

        assertThat(fixture.sales())
                .containsExactly(
                        "2|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-01|2026-11|5|USD|0.0151",
                        "3|Amazon Music|USABC2500001|00859712345677|GB|download|2026-10-01|2026-10-01|2026-11|1|USD|0.7");
    }
}
