package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.matching.UsageMatchTable;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same usage from two senders, of whom one does not say its recordings by ISRCs.
class OtherSendersTest extends ReportsFixtureTest {
    private static final String TUNECORE =
            "Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Song Title,UPC,Optional ISRC,Sales Type,"
                    + "# Units Sold,Total Earned,Currency\n";

    private Path distrokid(String title, String upc) {
        return fixture.file(
                "a.csv",
                "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,"
                        + "Country of Sale,Songwriter Royalties Withheld,Earnings (USD)\n2026-11-20,2026-10,Spotify,"
                        + "Beyoncé," + title + ",," + upc + ",5,100,Song,US,0,0.5\n");
    }

    private static String row(String artist, String title, String upc, String isrc) {
        return "2026-10-01,2026-12-05,Spotify,US," + artist + "," + title + "," + upc + "," + isrc
                + ",Streaming,7,3.6,USD\n";
    }

    private Path tuneCore(String rows) {
        return fixture.file("b.csv", TUNECORE + rows);
    }

    @ParameterizedTest
    @CsvSource({
        "BEYONCE, halo!, '', ''", // title and artist, however they are written
        "Beyoncé Knowles, Halo, 859712345677, ''", // release and title
        "Beyoncé, Halo, '', USABC2519999" // one of the two has an ISRC
    })
    void namesTellTheSameUsage(String artist, String title, String upc, String isrc) {
        fixture.imported(distrokid("Halo", "859712345677"));
        assertThat(fixture.refused(tuneCore(row(artist, title, upc, isrc))))
                .contains("its only combination of service, recording, territory and days is also among", "--beside");
        assertThat(fixture.sales()).hasSize(1);
    }

    @Test
    void otherNamesAreOtherUsage() {
        fixture.imported(distrokid("Halo", ""));
        fixture.imported(tuneCore(row("Beyoncé", "Halo II", "", "") + row("Ane Brun", "Halo", "", "")));
        assertThat(fixture.sales()).hasSize(3);
    }

    @Test
    void usageThatSomebodyHasMatchedIsThatRecordings() {
        fixture.imported(distrokid("Halo (Radio)", ""));
        String key = fixture.rows("SELECT usage_key FROM sales").getFirst();
        fixture.ledger
                .usageMatches()
                .put(new UsageMatch(
                        key, Optional.of(Isrc.parse("USABC2519999")), "Ada", ReportsFixture.CLOCK.instant()));
        new UsageMatchTable(fixture.ledger, fixture.lake).publish();
        assertThat(fixture.refused(tuneCore(row("B", "H", "", "USABC2519999"))))
                .contains("its only combination of service, recording, territory and days is also among");
    }

    @Test
    void filesOfOneFolderAreComparedToo() {
        distrokid("Halo", "");
        tuneCore(row("Beyoncé", "Halo", "", "USABC2519999"));
        assertThat(fixture.take(fixture.folder.resolve("reports"), ImportOptions.none()))
                .hasExactlyElementsOfTypes(ImportOutcome.Imported.class, ImportOutcome.Refused.class);
    }
}
