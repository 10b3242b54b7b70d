package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.layout.Layouts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any table, written in any way that a layout can describe, comes back equal.
class RoundTripPropertyTest {
    private static final String[] WORDS = {
        "Été", "Jóga", "plain", "a b", "x\"y", "semi;colon", "com,ma", "pi|pe", "two\nlines", "=1+1"
    };

    private static final List<Delimiter> DELIMITERS = List.of(Delimiter.values());

    private record Sale(String isrc, String title, String territory, long quantity, BigDecimal amount) {}

    /// How a report is written.
    private record Style(
            Delimiter delimiter, boolean quotes, Charset charset, char decimal, boolean grouped, int negative) {
        static Style any(Random random) {
            return new Style(
                    DELIMITERS.get(random.nextInt(DELIMITERS.size())),
                    random.nextInt(3) > 0,
                    List.of(
                                    StandardCharsets.UTF_8,
                                    StandardCharsets.UTF_16LE,
                                    StandardCharsets.UTF_16BE,
                                    StandardCharsets.ISO_8859_1,
                                    Charset.forName("windows-1252"))
                            .get(random.nextInt(5)),
                    random.nextBoolean() ? '.' : ',',
                    random.nextBoolean(),
                    random.nextInt(3));
        }

        char mark() {
            return (char) delimiter.character();
        }

        String number(BigDecimal number) {
            String[] parts = number.abs().toPlainString().split("\\.", -1);
            String whole = parts[0];
            if (grouped) {
                whole = whole.replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", decimal == '.' ? "," : ".");
            }
            String text = parts.length > 1 ? whole + decimal + parts[1] : whole;
            if (number.signum() >= 0) {
                return text;
            }
            return switch (negative) {
                case 0 -> "-" + text;
                case 1 -> "(" + text + ")";
                default -> text + "-";
            };
        }

        String cell(String text) {
            boolean special = text.indexOf(mark()) >= 0 || text.contains("\"") || text.contains("\n");
            return quotes && special ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
        }

        /// Whether numbers can be told from what is between cells.
        boolean isPossible() {
            return quotes || (mark() != '.' && mark() != ',') || (mark() != decimal && !grouped);
        }

        boolean canHold(String text) {
            return quotes || (text.indexOf(mark()) < 0 && !text.contains("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void comesBackEqual(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        Style style = Style.any(random);
        while (!style.isPossible()) {
            style = Style.any(random);
        }
        List<Sale> sales = new ArrayList<>();
        for (int i = random.nextInt(60) + 1; i > 0; i--) {
            sales.add(sale(random, style));
        }
        try (ReportsFixture fixture = new ReportsFixture(folder)) {
            Path layouts = Files.createDirectories(folder.resolve("layouts"));
            Files.writeString(layouts.resolve("any.yaml"), layout(style));
            fixture.layouts = Layouts.with(layouts);

            ImportOutcome.Imported imported =
                    fixture.imported(fixture.file("report", render(sales, style).getBytes(style.charset())));

            assertThat(imported.report().counts().rejected())
                    .as("seed %d, %s: %s", seed, style, imported.reasons())
                    .isZero();
            assertThat(fixture.rows("SELECT isrc, title, territory, quantity, net_revenue FROM sales ORDER BY line"))
                    .as("seed %d, %s", seed, style)
                    .containsExactlyElementsOf(sales.stream()
                            .map(s -> s.isrc() + "|" + s.title() + "|" + s.territory() + "|" + s.quantity() + "|"
                                    + s.amount().setScale(18))
                            .toList());
            BigDecimal sum = sales.stream().map(Sale::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(imported.report().totals())
                    .singleElement()
                    .satisfies(total -> assertThat(total.reported()).isEqualByComparingTo(sum));
        }
    }

    private static Sale sale(Random random, Style style) {
        int scale = random.nextInt(19);
        String title = "t";
        for (int i = 0; i < 3; i++) {
            String word = WORDS[random.nextInt(WORDS.length)];
            title += style.canHold(word) ? " " + word : "";
        }
        return new Sale(
                "USABC25%05d".formatted(random.nextInt(100_000)),
                title,
                random.nextBoolean() ? "US" : "DE",
                random.nextLong(-2_000_000, 2_000_000),
                new BigDecimal(new BigInteger(random.nextInt(60 + 3 * scale), random), scale)
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
    }

    private static String render(List<Sale> sales, Style style) {
        String mark = String.valueOf(style.mark());
        StringBuilder text = new StringBuilder(style.charset().name().startsWith("UTF-16") ? "\uFEFF" : "");
        text.append(String.join(mark, "Code", "Name", "Where", "Sold", "Money", "Month"))
                .append('\n');
        for (Sale sale : sales) {
            text.append(String.join(
                            mark,
                            style.cell(sale.isrc()),
                            style.cell(sale.title()),
                            sale.territory(),
                            style.cell(style.number(BigDecimal.valueOf(sale.quantity()))),
                            style.cell(style.number(sale.amount())),
                            "2026-10"))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String layout(Style style) {
        return """
                layout: any
                sender: Anybody
                delimiters: [%s]
                quotes: %s
                encoding: %s
                columns: [Code, Name, Where, Sold, Money, Month]
                decimal: "%s"
                %s
                fields:
                  service: {value: Spotify}
                  isrc: Code
                  title: Name
                  territory: Where
                  usage_type: {value: stream}
                  usage: {column: Month, format: yyyy-MM}
                  quantity: Sold
                  currency: {value: EUR}
                  net_revenue: Money
                """.formatted(
                        style.delimiter().label(),
                        style.quotes(),
                        style.charset().equals(StandardCharsets.ISO_8859_1) ? "latin-1" : "windows-1252",
                        style.decimal(),
                        style.grouped() ? "thousands: \"" + (style.decimal() == '.' ? "," : ".") + "\"" : "");
    }
}
