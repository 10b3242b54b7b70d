package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A quarter and its months are the same usage, and count once.
class SharedDaysTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Sale Start date,Sale End date,DSP,Sale Store Name,Sale Type,Territory,Product UPC,Product Reference,"
                    + "Product Catalog Number,Product Label,Product Artist,Product Title,Asset Artist,Asset Title,"
                    + "Asset Version,Asset ISRC,Product Quantity,Asset Quantity,Original Gross Income,Original currency,"
                    + "Exchange Rate,Converted Gross Income,Contract deal term,Reported Royalty,Currency\n";
    private static final String JULY = "2026-07-01,2026-07-31";
    private static final String AUGUST = "2026-08-01,2026-08-31";
    private static final String SEPTEMBER = "2026-09-01,2026-09-30";
    private static final String QUARTER = "2026-07-01,2026-09-30";

    @BeforeEach
    void strictly() {
        fixture.rules = GateRules.defaults();
    }

    private static String rows(String days, int times, int more) {
        return rows(days, times, more, true);
    }

    private static String rows(String days, int times, int more, boolean isrcs) {
        return IntStream.range(0, 20)
                .mapToObj(i -> days + ",Spotify,Spotify,Stream,DE,,,,L,A,Alb,Artist,Song " + i + ",,"
                        + (isrcs ? "USABC25" + (10_000 + i) : "") + ",," + ((100 + i) * times + more)
                        + ",1,EUR,1,1,0.8," + times + "." + (10 + i) + ",EUR\n")
                .collect(Collectors.joining());
    }

    private Path file(String name, String rows) {
        return fixture.file(name, HEADER + rows);
    }

    private static ImportOptions of(String sender, String accept) {
        return new ImportOptions(
                Optional.empty(),
                Optional.of(sender).filter(name -> !name.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(accept).filter(reason -> !reason.isEmpty()),
                List.of(),
                "Ada");
    }

    private String months() {
        return fixture.imported(file("m7.csv", rows(JULY, 1, 0))).report().id() + "|"
                + fixture.imported(file("m8.csv", rows(AUGUST, 1, 1))).report().id() + "|"
                + fixture.imported(file("m9.csv", rows(SEPTEMBER, 1, 2)))
                        .report()
                        .id();
    }

    @Test
    void aQuarterOnTopOfItsMonthsIsRefusedUntilItIsAccepted() {
        String[] months = months().split("\\|");
        Path quarter = file("q.csv", rows(QUARTER, 3, 3));
        assertThat(fixture.refused(quarter))
                .contains(months)
                .contains(
                        "it tells usage of 2026-Q3 as a whole or in parts",
                        "for 20 of its 20 combinations",
                        "rows 60 → 80, units 6630 → 13260",
                        "EUR",
                        "--accept REASON");
        assertThat(fixture.imported(quarter, of("", "both count")).accepted())
                .singleElement()
                .asString()
                .contains("2026-Q3");
    }

    @Test
    void theLastMonthOfAQuarterThatIsThereIsRefusedAndTheOthersAreWarnedOf() {
        String quarter =
                fixture.imported(file("q.csv", rows(QUARTER, 3, 3))).report().id();
        for (String first : List.of(rows(JULY, 1, 0), rows(AUGUST, 1, 1))) {
            assertThat(fixture.imported(file("m" + first.hashCode() + ".csv", first))
                            .warnings())
                    .anyMatch(words -> words.contains("20 combinations of service")
                            && words.contains("have days in common")
                            && words.contains("all of it counts"));
        }
        assertThat(fixture.refused(file("m9.csv", rows(SEPTEMBER, 1, 2))))
                .contains(quarter, "2026-Q3", "for 20 of its 20", "rows 60 → 80, units 11030 → 13260");
    }

    @Test
    void anotherSendersQuarterIsTheSameUsageToo() {
        months();
        assertThat(fixture.refused(file("q.csv", rows(QUARTER, 3, 3)), of("Label Services", "")))
                .contains("for 20 of its 20");
        assertThat(fixture.refused(file("n.csv", rows(QUARTER, 3, 3, false)), of("Label Services", "")))
                .contains("for 20 of its 20");
    }

    @Test
    void aMonthAndItsHalvesInOneFileAreTheSameUsage() {
        String halves = rows("2026-07-01,2026-07-15", 1, 0) + rows("2026-07-16,2026-07-31", 1, 0);
        assertThat(fixture.refused(file("a.csv", rows(JULY, 2, 0) + halves)))
                .contains("it tells usage of 2026-07 twice, as a whole and in parts", "rows 40 → 60");
    }

    @Test
    void filesOfOneFolderAreComparedToo() {
        file("f/a.csv", rows(JULY, 1, 0) + rows(AUGUST, 1, 1));
        file("f/b.csv", rows(QUARTER, 2, 1));
        assertThat(fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none()))
                .hasExactlyElementsOfTypes(ImportOutcome.Imported.class, ImportOutcome.Refused.class);
    }

    @Test
    void monthsOfWhichOneIsInHalvesComeToTheirQuarterOnce() {
        fixture.imported(file(
                "h.csv", rows(JULY, 1, 0) + rows("2026-08-01,2026-08-15", 1, 0) + rows("2026-08-16,2026-08-31", 1, 0)));
        fixture.imported(file("m8.csv", rows(AUGUST, 2, 0)), of("", "both count"));
        assertThat(fixture.refused(file("q.csv", rows(QUARTER, 3, 0)))).contains("2026-Q3");
    }

    @Test
    void otherUnitsPassWithAWarningAndOtherUsageWithoutOne() {
        months();
        assertThat(fixture.imported(file("q.csv", rows(QUARTER, 3, 200))).warnings())
                .anyMatch(words -> words.contains("20 combinations"));
        assertThat(fixture.imported(file("fr.csv", rows(QUARTER, 3, 3).replace(",DE,", ",FR,")))
                        .warnings())
                .noneMatch(words -> words.contains("days in common"));
    }

    @Test
    void fewRowsThatAgreeAmongManyPassWithAWarning() {
        months();
        String quarter = rows(QUARTER, 3, 3);
        int second = quarter.indexOf('\n') + 1;
        String alone = quarter.substring(0, second) + quarter.substring(second).replace(",DE,", ",FR,");
        assertThat(fixture.imported(file("q1.csv", alone)).warnings())
                .anyMatch(words -> words.startsWith("1 combination of service"));
    }

    @Test
    void lessThanHalfOfTheRowsPassWithAWarning() {
        months();
        String quarter = rows(QUARTER, 3, 3);
        String others = rows(QUARTER, 3, 200);
        int ninth = line(quarter, 9);
        assertThat(fixture.imported(file("q.csv", quarter.substring(0, ninth) + others.substring(line(others, 9))))
                        .warnings())
                .anyMatch(words -> words.startsWith("20 combinations"));
    }

    private static int line(String text, int count) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at;
    }

    private static String money(String days, String amount) {
        return rows(days, 1, 0).replaceAll(",[0-9]+,1,EUR,1,1,0.8,[0-9.]+", ",0,1,EUR,1,1,0.8," + amount);
    }

    @Test
    void withoutUnitsTheMoneyTells() {
        fixture.imported(file("m7.csv", money(JULY, "1.5")));
        fixture.imported(file("m8.csv", money(AUGUST, "2.5")));
        assertThat(fixture.refused(file("q.csv", money(QUARTER, "4")))).contains("for 20 of its 20", "80 → 160 EUR");
        assertThat(fixture.imported(file("q2.csv", money(QUARTER, "5"))).warnings())
                .anyMatch(words -> words.contains("20 combinations"));
    }

    @Test
    void moneyOfAnotherCurrencyIsNotTheSame() {
        fixture.imported(file("m7.csv", money(JULY, "1.5")));
        fixture.imported(file("m8.csv", money(AUGUST, "2.5")));
        assertThat(fixture.imported(file("q.csv", money(QUARTER, "4").replace(",EUR\n", ",USD\n")))
                        .warnings())
                .anyMatch(words -> words.contains("20 combinations"));
    }
}
