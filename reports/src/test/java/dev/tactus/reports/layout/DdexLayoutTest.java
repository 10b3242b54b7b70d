package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// DDEX sales reports as flat files: in blocks, of single records, real ones where the samples are at hand.
class DdexLayoutTest extends ReportsFixtureTest {
    @Test
    void ddexInBlocksWithReleasesAndSeveralTerritories() {
        Path file = fixture.file(
                "x.tsv",
                "HEAD\tdsrf/30\tBasicAudioProfile\t1.2\tm1\t2026-11-20T00:00:00Z\t1\t2\t2026-10-01\t2026-10-31\tP1\t"
                        + "Deezer\tpremium\tP2\tOurs\n"
                        + "SY02.02\t1\t\t\tSubscriptionModel\tOnDemandStream\tFR\tpremium\t5\t\tEUR\t1.0\n"
                        + "SY02.02\t2\t\t\tSubscriptionModel\tOnDemandStream\tFR|BE\tpremium\t5\t\tEUR\t1.0\n"
                        + "RE01\t1\tR1\td1\t\t\t859712345677\tA\t\tAlbum\n"
                        + "AS02.02\t1\tA1\td11\tUSABC2500001\tOne\t\tA\t\tPT3M\tSoundRecording\n"
                        + "AS02.02\t1\tA2\td12\tUSABC2500002|USABC2500009\tTwo\t\tA\t\tPT3M\tSoundRecording\n"
                        + "SU02\t1\t1\ts1\t\tA2\ttrue\t40\n"
                        + "SU02\t1\t2\ts2\t\tA1\ttrue\t2\n"
                        + "SU02\t1\t1\ts3\tR1\t\ttrue\t1\n"
                        + "FOOT\t10\t\t2\t1\n");

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.report().sender()).isEqualTo("Deezer");
        assertThat(imported.report().part()).isEqualTo("1");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(10, 3, 0, 7));
        assertThat(fixture.rows(
                        "SELECT line, isrc, upc, title, territory, usage_type, usage_end, quantity, net_revenue FROM sales"
                                + " ORDER BY line"))
                .containsExactly(
                        "7|USABC2500002|null|Two|FR|stream|2026-10-31|40|null",
                        "8|USABC2500001|null|One|ZZ|stream|2026-10-31|2|null",
                        "9|null|00859712345677|Album|FR|stream|2026-10-31|1|null");
    }

    @Test
    void ddexOfSingleRecords() {
        Path file = fixture.file("x.tsv", """
                SRHE\tdsrf/30\tUgcProfileSRB\t1.2\tm1\t2026-11-20T00:00:00Z\t1\t1\t2026-10-01\t2026-10-31\tP1\tTikTok
                #SR06\tSummaryRecordId\tDspResourceId\tISRC\tResourceTitle\tResourceDisplayArtistName\tUsages
                SY02.02\t1\t\t\tAdvertisementSupportedModel\tUserMakeAvailableUserProvided\t826\tugc\t5\t\tUSD\t1.0
                SR06\t1\td1\tUSABC2500001\tT\tA\t77
                SRFO\t5\t1
                """);

        fixture.imported(file);

        assertThat(fixture.rows("SELECT line, service, isrc, territory, usage_type, quantity FROM sales"))
                .containsExactly("4|TikTok|USABC2500001|GB|ugc|77");
    }

    @Test
    void ddexOfUsersVideosWithTheSharesOfTheRecipientsRights() {
        String head = """
                HEAD\tdsrf/30\tUgcProfile\t1.1.1\tm1\t2026-11-20T00:00:00Z\t1\t1\t2026-10-01\t2026-12-31\tP1\tYouTube\tads\tP2\tOurs\tOurs|Theirs
                #SU03.01\tBlockId\tSalesTransactionId\tSummaryRecordId\tDspReleaseId\tUsages\tNetRevenue\tValidityPeriodStart\tValidityPeriodEnd
                #LI01.01\tBlockId\tSummaryRecordId\tRightsController\tRightsControllerProprietaryID\tRightsControllerWorkID\tRightShare%\tRightType\tAllocatedNetRevenue\tAllocatedAmount
                SY02.01\t1\t\t\tAdvertisementSupportedModel\tUserMakeAvailableUserProvided\tIS\tads\t10\t\tEUR\t10
                AS01\t1\ta1\ta1\tUSABC2500001\tTide\t\tAda Lind
                SU03.01\t1\tU1\t1\ta1\t7810\t20.00\t20261001\t20261115
                LI01.01\t1\t\tOurs\t\t\t25\tMakingAvailableRight\t5.00\t2.75
                LI01.01\t1\t\tTheirs\t\t\t50\tMakingAvailableRight\t10.00\t5.5000000000000000001
                SU03.01\t1\tU2\t1\ta1\t90\t0.30\t20261116\t20261231
                AS01\t2\ta2\ta2\tUSABC2500002\tEbb\t\tAda Lind
                SU03.01\t2\tU3\t1\ta2\t12\t4.00\t20261001\t20261231
                LI01.01\t2\t\tOurs\t\t\t0\tMakingAvailableRight\t0.00\t0
                SU03.01\t2\tU4\t1\ta2\t5\t4.00\t20261001\t20261231
                LI01.01\t2\t\tOurs\t\t\t10\tMakingAvailableRight\t\t
                """;
        ImportOutcome.Imported imported = fixture.imported(fixture.file("x.tsv", head + "FOOT\t15\t\t1\t2\n"));

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(15, 3, 1, 11));
        assertThat(fixture.rows("SELECT line, isrc, usage_type, quantity, net_revenue_reported FROM sales ORDER BY 1"))
                .containsExactly(
                        "6|USABC2500001|ugc|7810|8.2500000000000000001",
                        "9|USABC2500001|ugc|90|0.30",
                        "11|USABC2500002|ugc|12|0");
        assertThat(fixture.rows("SELECT line, field, reason FROM sales_rejects"))
                .containsExactly("13|net_revenue|its share on line 14 has no amount");
    }

    @Test
    void ddexOfFinancesIsWhatIsAllocatedToTheRecipient() {
        String columns =
                "SalesTransactionId\tDspReleaseId\tResourceISRC\tResourceTitle\tSummaryRecordId\tTotalUsages\tReturns\tNetUsage"
                        + "\tAllocatedRevenueInCurrencyOfTransaction\tAllocatedRevenueInCurrencyOfAccounting\tAllocatedNetRevenueInCurrencyOfAccounting";
        Path file = fixture.file(
                "x.tsv",
                "SRHE\tdsrf/30\tFinancialReportingToRecordCompaniesProfileSRB\t1.0\tm1\t2026-11-20T00:00:00Z\t1\t1\t2026-10-01\t2026-10-31\tP1\tDeezer\n"
                        + "#SR08\t" + columns + "\n"
                        + "SY10\t1\tDeezer\t\tSubscriptionModel\tOnDemandStream\t2026-10-01\t2026-10-31\tPremium\t\t\t\tGB\tpremium\t\t\t100\t50\t0\t1\tGBP\tEUR\t1.15\n"
                        + "SR08\ts1\td1\tUSABC2500001\tTide\t1\t100\t2\t98\t1.00\t1.15\t2.30\n"
                        + "SR08\ts2\td1\tUSABC2500002\tEbb\t1\t5\t0\t5\t0\t0\t0.40\n"
                        + "SRFO\t6\t1\n");
        fixture.imported(file);
        assertThat(
                        fixture.rows(
                                "SELECT isrc, territory, usage_start, quantity, currency, net_revenue_reported FROM sales ORDER BY line"))
                .containsExactly("USABC2500001|GB|2026-10-01|98|EUR|1.15", "USABC2500002|GB|2026-10-01|5|EUR|0");
    }

    @Test
    void recordsOfAKindThatNobodyKnowsAreNamed() {
        String whole = """
                HEAD\tdsrf/30\tBasicAudioProfile\t1.2\tm1\tt\t1\t1\t2026-10-01\t2026-10-31\tP1\tDeezer
                SY02.02\t1\t\t\tM\tOnDemandStream\tFR\tpremium\t5\t\tEUR\t1.0
                AS02\t1\tA1\td11\tUSABC2500001\tOne\t\tA
                SU02\t1\t1\ts1\t\tA1\ttrue\t40
                SU09.01\t1\t1\ts2\t\tA1\ttrue\t50
                FOOT\t6
                """;
        assertThat(fixture.imported(fixture.file("a.tsv", whole)).notes().keySet())
                .anySatisfy(
                        note -> assertThat(note).startsWith("records of a kind").endsWith("(SU09.01)"));
    }

    @Test
    void ddexThatIsCutShortIsNotTaken() {
        String whole = """
                HEAD\tdsrf/30\tBasicAudioProfile\t1.2\tm1\tt\t1\t1\t2026-10-01\t2026-10-31\tP1\tDeezer
                SY02.02\t1\t\t\tM\tOnDemandStream\tFR\tpremium\t5\t\tEUR\t1.0
                AS02\t1\tA1\td11\tUSABC2500001\tOne\t\tA
                SU02\t1\t1\ts1\t\tA1\ttrue\t40
                """;

        assertThat(fixture.refused(fixture.file("a.tsv", whole)))
                .contains("last record")
                .contains("is missing: the file is truncated");
        assertThat(fixture.refused(fixture.file("b.tsv", whole + "FOOT\t9\n")))
                .contains("FOOT record states 9 lines, but there are 5");
        assertThat(fixture.refused(fixture.file("c.tsv", whole + "SU02\t1\t1\ts2\t\tA1\ttrue\tmany\n")))
                .as("a row that can't be read excuses no end that is missing")
                .contains("is missing: the file is truncated");
        assertThat(fixture.rows("SELECT count(*) FROM sales")).containsExactly("0");
    }

    @Test
    void ddexSampleOfARealService() {
        Path sample = sample("dsr/ddex__DSR_TEST_YouTube_AdSupport-music_2015-Q4_IS_1of1_20160121T150926.tsv");

        ImportOutcome.Imported imported = fixture.imported(sample);

        assertThat(imported.report().sender()).isEqualTo("YouTube");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(35, 6, 0, 29));
        assertThat(fixture.sales())
                .first()
                .as("not the 2.0 that the use has made, but what LI01 says is due for it")
                .isEqualTo("17|YouTube|USSM19803037|null|IS|stream|2015-10-01|2015-12-31|null|7810|USD|125.23");
    }

    @Test
    void ddexSampleThatNamesNobody() {
        Path sample = sample(
                "dsr/ddex__DSR_PADPIDA2014999999Z_PADPIDA2014111801Y_AdSupport_2015-02_AU_1of1_20150723T092522.tsv");

        // one line of each kind, written to show a profile: no sender, no sales, and a count of lines that is not its
        // own
        assertThat(fixture.refused(sample)).contains("no sender found; pass --sender NAME");
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
