package dev.tactus.reports.gate;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.gate.PlainTable.Line;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What senders have paid, by statement: a CSV with the columns sender, statement_period, currency and amount.
///
/// @param faults what of the file could not be read, a line each: what was paid there is compared with nothing
public record Remittances(List<Remittance> list, List<String> faults) {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern AMOUNT = Pattern.compile("[-+]?[0-9][0-9., \u00a0\u202f'’]*");
    private static final int DIGITS_OF_A_GROUP = 3;
    private static final List<String> COLUMNS = List.of("sender", "statement_period", "currency", "amount");

    public Remittances {
        list = List.copyOf(list);
        faults = List.copyOf(faults);
    }

    public static Remittances none() {
        return new Remittances(List.of(), List.of());
    }

    /// Reads the file.
    ///
    /// @throws BadReport if it can't be read at all
    public static Remittances read(Path file) {
        PlainTable table = PlainTable.read(file);
        for (String column : COLUMNS) {
            if (!table.headings().contains(column)) {
                throw new BadReport(
                        file + ": the column " + column + " is missing; expected " + String.join(", ", COLUMNS));
            }
        }
        List<Remittance> list = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Line line : table.lines()) {
            try {
                list.add(remittance(table, line));
            } catch (BadReport e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return new Remittances(list, faults);
    }

    private static Remittance remittance(PlainTable table, Line line) {
        String sender = table.require(line, "sender");
        String period = table.require(line, "statement_period");
        String currency = table.require(line, "currency").toUpperCase(Locale.ROOT);
        String amount = table.require(line, "amount");
        if (!CURRENCY.matcher(currency).matches()) {
            throw table.bad(
                    line,
                    "has '" + TextExcerpt.brief(currency) + "' for a currency; expected three letters, such as EUR");
        }
        try {
            return new Remittance(sender, period, new Payment(amount(amount, table.semicolons()), currency));
        } catch (NotANumber e) {
            throw table.bad(
                    line, "has '" + TextExcerpt.brief(amount) + "' for an amount; expected one such as 12345.67");
        }
    }

    /// With a point or a comma before decimals, whichever it shows; where semicolons stand between cells, a comma alone
    /// is one before decimals.
    private static BigDecimal amount(String text, boolean semicolons) throws NotANumber {
        int point = text.lastIndexOf('.');
        int comma = text.lastIndexOf(',');
        boolean alone = comma >= 0 && point < 0 && text.indexOf(',') == comma;
        boolean mayBeThousand = text.length() - comma - 1 == DIGITS_OF_A_GROUP;
        if (!AMOUNT.matcher(text).matches() || (alone && mayBeThousand && !semicolons)) {
            throw new NotANumber(text);
        }
        char decimal = comma > point && (alone || point >= 0) ? ',' : '.';
        return new NumberFormat(decimal, Optional.of(decimal == ',' ? '.' : ',')).parse(text);
    }
}
