package dev.tactus.reports;

import dev.tactus.settings.InvalidConfiguration;
import java.util.List;
import java.util.Optional;

/// What a person says about a report that it does not say itself, or that they know better.
///
/// @param layout a layout's name or file; absent: recognised
/// @param period of the usage, as `2026-10`, `2026-Q4` or `2026-10-01..2026-11-04`
/// @param replace the id of the report whose place it takes
/// @param beside whether it stands beside reports that claim the same
/// @param accept why what speaks against a report is taken nevertheless
/// @param expect what all files together should come to, such as `12345.67 EUR`
/// @param by who imports it; may be empty
public record ImportOptions(
        Optional<String> layout,
        Optional<String> sender,
        Optional<String> service,
        Optional<String> territory,
        Optional<String> currency,
        Optional<String> period,
        Optional<String> replace,
        boolean beside,
        Optional<String> accept,
        List<String> expect,
        String by) {
    public ImportOptions {
        expect = List.copyOf(expect);
        if (replace.isPresent() && beside) {
            throw new InvalidConfiguration("use either --replace or --beside, not both");
        }
        if (period.isPresent() && ReportingPeriod.parse(period.get()).isEmpty()) {
            throw new InvalidConfiguration(
                    "--period " + period.get() + ": expected 2026-10, 2026-Q4 or 2026-10-01..2026-11-04");
        }
    }

    public static ImportOptions none() {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                "");
    }

    /// What stands in for a field that the report does not have.
    public Optional<String> instead(ReportField field) {
        return switch (field) {
            case SENDER -> sender;
            case SERVICE -> service;
            case TERRITORY -> territory;
            case CURRENCY -> currency;
            case USAGE -> period;
            case PART,
                    ISRC,
                    UPC,
                    TITLE,
                    ARTIST,
                    USAGE_TYPE,
                    USAGE_START,
                    USAGE_END,
                    STATEMENT_PERIOD,
                    QUANTITY,
                    NET_REVENUE,
                    EXCHANGE_RATE,
                    LABEL,
                    CATALOGUE_NUMBER,
                    SUBSCRIPTION_TYPE,
                    GROSS,
                    UNIT_PRICE,
                    FEE,
                    TAX,
                    SHARE -> Optional.empty();
        };
    }
}
