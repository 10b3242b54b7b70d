package dev.tactus.console.config;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.reconcile.ExchangeRate;
import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.reconcile.Period;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.gate.PlainTable;
import dev.tactus.reports.gate.PlainTable.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rates into the home currency as people keep them: a CSV with the columns currency, period (or month, or date), rate
/// (or units_per_home, which is how the ECB publishes them) and source.
final class ExchangeRateFile {
    private static final String COLUMNS = "the columns currency, period, rate and source";
    private static final String INVERSE = "units_per_home";
    private static final List<String> DATES = List.of("period", "month", "date");

    private ExchangeRateFile() {}

    static ExchangeRates read(Path file, String home) {
        if (!Files.exists(file)) {
            throw CommandFailure.usage("reconcile: rates_file: there is no file " + file
                    + "; correct its name, or write it with " + COLUMNS);
        }
        PlainTable table = PlainTable.read(file);
        if (table.lines().isEmpty()) {
            throw new BadReport(file + ": has no rates; expected a CSV with " + COLUMNS);
        }
        try {
            return new ExchangeRates(
                    home, table.lines().stream().map(line -> rate(table, line)).toList(), table.sha256());
        } catch (IllegalArgumentException e) {
            throw new BadReport(file + ": " + e.getMessage(), e);
        }
    }

    private static ExchangeRate rate(PlainTable table, Line line) {
        Map<String, String> cells = line.cells();
        String currency = table.require(line, "currency").toUpperCase(Locale.ROOT);
        if (!currency.matches("[A-Z]{3}")) {
            throw table.bad(line, "has '" + currency + "' for a currency; expected three letters, such as USD");
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            throw table.bad(line, "has '" + currency + "' for a currency, which ISO 4217 does not know");
        }
        String dated = DATES.stream()
                .flatMap(name -> Optional.ofNullable(cells.get(name)).stream())
                .findFirst()
                .orElseThrow(() -> table.bad(line, "lacks a period (a month, a quarter or a day)"));
        if (cells.containsKey("rate") == cells.containsKey(INVERSE)) {
            throw table.bad(line, "needs either rate (home currency for one unit) or " + INVERSE);
        }
        BigDecimal rate = cells.containsKey("rate")
                ? number(table, line, "rate")
                : BigDecimal.ONE.divide(
                        positive(table, line, number(table, line, INVERSE)),
                        ExchangeRate.DECIMALS,
                        RoundingMode.HALF_EVEN);
        try {
            return new ExchangeRate(currency, rate, Period.orDay(dated), table.require(line, "source"));
        } catch (IllegalArgumentException e) {
            throw table.bad(line, "can't be used: " + e.getMessage());
        }
    }

    private static BigDecimal positive(PlainTable table, Line line, BigDecimal number) {
        if (number.signum() <= 0) {
            throw table.bad(line, "has a rate that is not more than 0");
        }
        return number;
    }

    private static BigDecimal number(PlainTable table, Line line, String column) {
        String text = table.require(line, column);
        try {
            return new BigDecimal(table.semicolons() ? text.replace(',', '.') : text);
        } catch (NumberFormatException e) {
            throw table.bad(line, "has '" + text + "' for a rate; expected a number such as 0.9215");
        }
    }
}
