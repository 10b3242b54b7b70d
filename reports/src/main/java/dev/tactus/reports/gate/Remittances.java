package dev.tactus.reports.gate;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.gate.PlainTable.Line;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What senders have paid, by statement: a CSV with the columns sender, statement_period, currency and amount.
public record Remittances(List<Remittance> list) {
    private static final List<String> COLUMNS = List.of("sender", "statement_period", "currency", "amount");

    public Remittances {
        list = List.copyOf(list);
    }

    public static Remittances none() {
        return new Remittances(List.of());
    }

    /// Reads the file.
    ///
    /// @throws BadReport if it can't be read, or a line of it can't
    public static Remittances read(Path file) {
        PlainTable table = PlainTable.read(file);
        for (String column : COLUMNS) {
            if (!table.headings().contains(column)) {
                throw new BadReport(
                        file + ": the column " + column + " is missing; expected " + String.join(", ", COLUMNS));
            }
        }
        return new Remittances(
                table.lines().stream().map(line -> remittance(table, line)).toList());
    }

    private static Remittance remittance(PlainTable table, Line line) {
        String sender = table.require(line, "sender");
        String period = table.require(line, "statement_period");
        String currency = table.require(line, "currency");
        String amount = table.require(line, "amount");
        try {
            return new Remittance(
                    sender, period, new Payment(new BigDecimal(amount), currency.toUpperCase(Locale.ROOT)));
        } catch (NumberFormatException _) {
            throw table.bad(
                    line, "has '" + TextExcerpt.brief(amount) + "' for an amount; expected one such as 12345.67");
        }
    }
}
