package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.delivery.ReportsFixtureTest;
import dev.tactus.settings.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnChoiceTest extends ReportsFixtureTest {
    /// @param columns headings, then rows, apart by bars
    private String template(String columns) {
        StringBuilder text = new StringBuilder();
        int recording = 1;
        for (String line : columns.split("\\|", -1)) {
            text.append(text.isEmpty() ? "Period,ISRC," : "2026-10,USABC250000" + recording++ + ",")
                    .append(line)
                    .append('\n');
        }
        return LayoutTemplate.of(fixture.file("a.csv", text.toString()));
    }

    private static String line(String template, String field) {
        return template.lines()
                .filter(line -> line.startsWith("  " + field + ": "))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Settlement currency>Plays,Local currency,Local amount,FX,Settlement amount,Settlement currency"
                        + "|100,JPY,100.00,0.0061,0.6100,USD|131,EUR,101.00,0.0061,0.6161,USD|142,JPY,102.00,0.0061,0.6222,USD",
                "Settlement currency>Plays,Settlement currency,Local amount,FX,Settlement amount,Local currency"
                        + "|100,USD,100.00,0.0061,0.6100,JPY|131,USD,101.00,0.0061,0.6161,EUR|142,USD,102.00,0.0061,0.6222,JPY",
                "Payment currency>Plays,Sale currency,Gross,Net,Payment currency"
                        + "|100,JPY,100.00,1.00,EUR|131,BRL,103.00,1.30,EUR|142,JPY,106.00,1.60,EUR",
                "Currency>Units,Original currency,Gross,Fees,Net,Currency"
                        + "|100,JPY,1.25,0.25,1.00,EUR|131,BRL,1.55,0.25,1.30,EUR|142,JPY,1.85,0.25,1.60,EUR",
                "Zahlungswährung>Menge,Verkaufswährung,Brutto,Auszahlung,Zahlungswährung"
                        + "|100,JPY,100.00,1.00,EUR|131,BRL,103.00,1.30,EUR|142,JPY,106.00,1.60,EUR"
            })
    void theCurrencyIsThatOfTheMoney(String known) {
        String column = known.substring(0, known.indexOf('>'));
        assertThat(line(template(known.substring(known.indexOf('>') + 1)), "currency"))
                .startsWith("  currency: \"" + column + "\"")
                .doesNotContain("; ? ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // between the two, and converted after it
                "Plays,Sale currency,Net,FX,Payment currency|100,JPY,100.00,0.0061,USD|131,EUR,131.00,0.0061,USD",
                "Plays,Currency A,Revenue,Currency B|100,JPY,100.12,USD|131,EUR,131.13,USD",
                "Plays,Retail currency,Payable|100,JPY,100.12|131,EUR,131.13",
                "Plays,Currency,Net (EUR)|100,JPY,100.12|131,USD,131.13",
                "Plays,Currency,Net in account currency|100,JPY,100.12|131,USD,131.13"
            })
    void aCurrencyThatMayBeThatOfOtherMoneyIsMarkedAndRefused(String columns) throws Exception {
        String template = template(columns);
        assertThat(line(template, "currency")).contains("; ? ");
        String settled = template.replaceAll("(?m)^(  net_revenue: .*); \\? .*$", "$1");
        Path layout = Files.writeString(fixture.folder.resolve("mine.yaml"), settled);
        assertThatThrownBy(() -> Layouts.bundled().named(layout.toString()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("currency: the template was not sure which currency");
    }

    @Test
    void theCurrencyOfAHeadingComesBeforeThatOfWhatWasSold() {
        assertThat(line(template("Plays,Retail currency,Net (EUR)|100,JPY,100.12|131,USD,131.13"), "currency"))
                .isEqualTo("  currency: {value: EUR}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Total streams>Free streams,Premium streams,Total streams,Net|100,50,150,2.70|101,52,153,2.88",
                "Streams>Streams,Ad streams,Paid streams,Net|150,100,50,2.70|153,101,52,2.88",
                "Net units>Returns,Units sold,Net units,Net|0,100,100,1.10|1,101,100,1.30",
                // told by nothing but adding up
                "Units>Downloads,Streams,Units,Net|2,100,102,1.10|3,101,104,1.30",
                "Units>Returned units,Quantity,Units,Net|2,102,100,1.10|3,104,101,1.30",
                "playCount>Discount,playCount,Net|1,100,1.10|2,101,1.30",
                "Units sold>Units sold,Net|100,1.10|101,1.30",
                "Abrufe>Abrufe,Netto|100,1.10|101,1.30",
                "Reproducciones>Reproducciones,Neto|100,1.10|101,1.30"
            })
    void theUnitsAreAllOfThem(String known) {
        String column = known.substring(0, known.indexOf('>'));
        assertThat(line(template(known.substring(known.indexOf('>') + 1)), "quantity"))
                .startsWith("  quantity: \"" + column + "\"")
                .doesNotContain("; ? ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Downloads,Streams,Net|1,100,1.10|2,102,1.30",
                "Streams,Total streams,Net|100,150,1.10|101,190,1.30",
                "Free streams,Net|100,1.10|101,1.30",
                "Kuuntelukerrat,Net|100,1.10|101,1.30",
                "Shop,Net|A,1.10|B,1.30"
            })
    void unitsThatMayBeOthersAreMarkedAndRefused(String columns) throws Exception {
        String template = template(columns);
        assertThat(line(template, "quantity")).contains("? ");
        Path layout = Files.writeString(fixture.folder.resolve("mine.yaml"), template);
        assertThatThrownBy(() -> Layouts.bundled().named(layout.toString()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("quantity: the template was not sure which column is the units");
    }

    @Test
    void theTerritoryIsWhereItWasUsed() {
        for (String headings : List.of(
                "Label country,Artist country,Territory",
                "Region,Bank country,Country code",
                "Label country,Region,Country / Region")) {
            String last = headings.substring(headings.lastIndexOf(',') + 1);
            assertThat(line(template(headings + ",Plays,Net|US,GB,DE,100,1.10|US,FR,FR,101,1.30"), "territory"))
                    .startsWith("  territory: \"" + last + "\"")
                    .doesNotContain("; ? ");
        }
        for (String headings : List.of("Label country,Artist country,Shop", "Country,Territory,Shop")) {
            assertThat(line(template(headings + ",Plays,Net|US,GB,DE,100,1.10|US,FR,FR,101,1.30"), "territory"))
                    .contains("; ? ");
        }
    }
}
