package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTemplateTest extends ReportsFixtureTest {
    private ImportOptions by(String template) throws Exception {
        Path layout = Files.writeString(fixture.folder.resolve("layout.yaml"), template);
        return new ImportOptions(
                Optional.of(layout.toString()),
                Optional.of("Somebody"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                java.util.List.of(),
                "");
    }

    @Test
    void whatItProposesImportsTheReport() throws Exception {
        Path file = fixture.file("odd report 2026.csv", """
                Statement for Ours;;;;;;;
                Sales month;Shop;Track title;Artist name;ISRC code;EAN;Country;Units;Net amount (EUR)
                10/2026;Spotify;Été;Somebody;USABC2500001;859712345677;DE;1.204;12,50
                10/2026;Deezer;Été;Somebody;USABC2500001;859712345677;FR;3;0,0123
                """, StandardCharsets.ISO_8859_1);

        String template = LayoutTemplate.of(file);

        ImportOutcome.Imported imported = fixture.imported(file, by(template));
        assertThat(imported.report().layout()).isEqualTo("odd-report");
        assertThat(fixture.rows(
                        "SELECT service, isrc, upc, title, artist, territory, usage_start, usage_end, quantity, currency,"
                                + " net_revenue FROM sales ORDER BY line"))
                .containsExactly(
                        "Spotify|USABC2500001|00859712345677|Été|Somebody|DE|2026-10-01|2026-10-31|1204|EUR|12.500000000000000000",
                        "Deezer|USABC2500001|00859712345677|Été|Somebody|FR|2026-10-01|2026-10-31|3|EUR|0.012300000000000000");
    }

    @Test
    void daysThatCouldBeEitherWayAreMarked() {
        Path file = fixture.file("a.csv", "Date,ISRC,Streams\n3/4/2026,USABC2500001,5\n");
        assertThat(LayoutTemplate.of(file)).contains("? or d/M/yyyy: these rows match both");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your Royalty,Payable|3.10,2.48|5.25,4.20|7.05,5.64",
                "Payable,Your Royalty|3.10,2.48|5.25,4.20|7.05,5.64",
                "Net USD,Net EUR|3.10,2.85|5.25,4.83|7.05,6.49",
                "Net (€),Net ($)|3.10,2.85|5.25,4.83|7.05,6.49",
                "Gross,Distribution fee|3.10,0.62|5.25,1.05|7.05,1.41",
                "Revenue,Commission|3.10,0.62|5.25,1.05|7.05,1.41",
                "Earnings,Tax withheld|3.10,0.62|5.25,1.05|7.05,1.41"
            })
    void moneyThatMayBeAnotherColumnIsInDoubt(String columns) {
        assertThat(moneyOf(columns)).contains("; ? ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Amount,Amount excl. VAT|3.10,2.61|5.25,4.41|7.05,5.92",
                "Betrag,Betrag ohne MwSt.|3.10,2.61|5.25,4.41|7.05,5.92",
                "Total incl. VAT,Total|3.10,2.61|5.25,4.41|7.05,5.92"
            })
    void moneyIsWithoutTheTaxesOnTop(String columns) {
        String second = columns.substring(columns.indexOf(',') + 1, columns.indexOf('|'));
        assertThat(moneyOf(columns))
                .satisfiesAnyOf(
                        money -> assertThat(money).contains("\"" + second + "\""),
                        money -> assertThat(money).contains("; ? "));
    }

    @Test
    void whatIsNetOfAFeeByTheValuesIsInNoDoubt() {
        assertThat(moneyOf("Sales,Fee,Earned|3.10,0.62,2.48|5.25,1.05,4.20|7.05,1.41,5.64"))
                .contains("\"Earned\"")
                .doesNotContain("; ? ");
    }

    private String moneyOf(String columns) {
        StringBuilder text = new StringBuilder();
        int recording = 1;
        for (String line : columns.split("\\|", -1)) {
            text.append(
                            text.isEmpty()
                                    ? "Sales month,ISRC,Units,"
                                    : "2026-10,USABC250000" + recording + "," + 137 * recording + ",")
                    .append(line)
                    .append('\n');
            recording++;
        }
        return LayoutTemplate.of(fixture.file("a.csv", text.toString()))
                .lines()
                .filter(line -> line.contains("net_revenue: ") && !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhereNothingCanBeProposed() {
        assertThatThrownBy(() -> LayoutTemplate.of(fixture.file("a.txt", "just\nsome\nlines\n")))
                .hasMessageContaining("no rows with three or more cells");
        assertThatThrownBy(() -> LayoutTemplate.of(fixture.file("b.txt", "1,2,3\n4,5,6\n")))
                .hasMessageContaining("none of the first rows looks like a header");
    }
}
