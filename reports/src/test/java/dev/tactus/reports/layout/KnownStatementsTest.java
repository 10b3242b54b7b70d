package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every statement of a kind that is known: recognised, all of its rows, its money to the last digit, against a count
/// made without the product. docs/reports.md has the table.
class KnownStatementsTest extends ReportsFixtureTest {
    private static Charset charset(KnownStatement statement) {
        return switch (statement.file()) {
            case "bandcamp-new.csv" -> StandardCharsets.UTF_16LE;
            case "believe-russian.csv" -> Charset.forName("windows-1251");
            case "believe-europe.csv" -> StandardCharsets.ISO_8859_1;
            default -> StandardCharsets.UTF_8;
        };
    }

    private static String mark(KnownStatement statement) {
        return switch (statement.file()) {
            case "bandcamp-new.csv", "distrokid-2025.csv" -> "\uFEFF";
            default -> "";
        };
    }

    private ImportOutcome.Imported imported(KnownStatement statement) {
        // recordings of their own: two senders' statements of the same usage would contradict each other
        String recordings = "QZABC26%02d".formatted(KnownStatement.all().indexOf(statement) + 1);
        String text = mark(statement) + statement.text().replace("QZABC2600", recordings);
        ImportOptions none = ImportOptions.none();
        ImportOptions options = new ImportOptions(
                none.layout(),
                none.sender(),
                none.service(),
                none.territory(),
                KnownStatement.WITHOUT_CURRENCY.contains(statement.layout())
                        ? Optional.of(statement.currency())
                        : Optional.empty(),
                none.period(),
                none.replace(),
                none.beside(),
                none.accept(),
                none.expect(),
                none.by());
        return fixture.imported(fixture.file(statement.file(), text, charset(statement)), options);
    }

    @Test
    void everyLayoutHasOne() {
        assertThat(Layouts.bundled().all().stream().map(Layout::name))
                .containsExactlyInAnyOrderElementsOf(KnownStatement.all().stream()
                        .map(KnownStatement::layout)
                        .distinct()
                        .toList());
    }

    @Test
    void areRecognisedAndAddUpToTheSame() {
        for (KnownStatement statement : KnownStatement.all()) {
            ImportOutcome.Imported imported = imported(statement);

            assertThat(imported.report().layout()).as(statement.file()).isEqualTo(statement.layout());
            assertThat(imported.report().counts().landed())
                    .as(statement.file() + " " + imported.reasons())
                    .isEqualTo(statement.sales().size());
            assertThat(imported.report().counts().rejected())
                    .as(statement.file())
                    .isZero();
            assertThat(sums(imported)).as(statement.file()).isEqualTo(plain(statement.sums()));
        }
    }

    private static Map<String, String> sums(ImportOutcome.Imported imported) {
        Map<String, String> sums = new TreeMap<>();
        imported.report().totals().forEach(total -> sums.put(total.currency(), plain(total.reported())));
        return sums;
    }

    private static Map<String, String> plain(Map<String, BigDecimal> sums) {
        Map<String, String> plain = new TreeMap<>();
        sums.forEach((currency, sum) -> plain.put(currency, plain(sum)));
        return plain;
    }

    private static String plain(BigDecimal sum) {
        return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    }

    @Test
    void rowsWhoseKindIsInTheirFirstColumns() throws IOException {
        Path file = fixture.file("clicknclear.csv", statement("clicknclear.csv"));
        assertThat(fixture.imported(file).report().layout()).isEqualTo("clicknclear");
        assertThat(fixture.rows("SELECT line, isrc, title, territory, usage_start, currency, net_revenue_reported"
                        + " FROM sales ORDER BY line"))
                .containsExactly(
                        "2|QZABC2600001|Tide|US|2026-01-14|USD|7.2916",
                        "3|QZABC2600001|Tide|GB|2026-02-03|USD|7.2916",
                        "5|null|Tide|US|2026-01-14|USD|3.6458");
    }

    private static String statement(String name) throws IOException {
        try (InputStream in = KnownStatementsTest.class.getResourceAsStream("statements/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theManualHasTheTable() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "reports.md"));
        String table = KnownStatement.all().stream()
                .map(statement -> "| `" + statement.file() + "` | `" + statement.layout() + "` | "
                        + statement.sales().size() + " | " + statement.money() + " | "
                        + plain(statement.sums()).entrySet().stream()
                                .map(sum -> sum.getValue() + " " + sum.getKey())
                                .collect(Collectors.joining(", "))
                        + " |\n")
                .collect(Collectors.joining());
        assertThat(manual).contains(table);
    }
}
