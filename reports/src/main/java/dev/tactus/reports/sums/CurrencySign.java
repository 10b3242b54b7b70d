package dev.tactus.reports.sums;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The signs that may stand beside an amount, and whose they are.
public final class CurrencySign {
    private static final Map<Character, Set<String>> CURRENCIES = Map.of(
            '€',
            Set.of("EUR"),
            '£',
            Set.of("GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SSP", "SYP", "SDG", "IMP", "GGP", "JEP"),
            '¥',
            Set.of("JPY", "CNY", "CNH"));
    private static final Set<String> DOLLARS_AND_PESOS = Set.of(
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP", "BRL",
            "BBD", "BMD", "BND", "BSD", "BZD", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD",
            "ZWL", "NIO", "PHP", "TOP", "CVE", "MOP", "WST");
    private static final Map<Character, String> USUAL = Map.of('€', "EUR", '£', "GBP", '¥', "JPY", '$', "USD");

    private static final Pattern CODE =
            Pattern.compile("([+-]?)(?:([A-Z]{3}|[A-Z]{1,2}\\$)\\s?)?([^A-Za-z]+?)(?:\\s?([A-Z]{3}))?");
    private static final Map<String, String> DOLLARS = Map.of(
            "US$", "USD", "R$", "BRL", "C$", "CAD", "CA$", "CAD", "A$", "AUD", "AU$", "AUD", "NZ$", "NZD", "HK$", "HKD",
            "S$", "SGD", "MX$", "MXN");

    /// An amount with the code of its currency before or after it.
    ///
    /// @param number what is left without the code
    public record CodedAmount(String currency, String number) {}

    private CurrencySign() {}

    /// Of `US$ 1.50` or `1.50 EUR`; absent where no code, or more than one, stands there.
    public static Optional<CodedAmount> coded(String written) {
        Matcher matcher = CODE.matcher(written.strip());
        if (!matcher.matches() || (matcher.group(2) == null) == (matcher.group(4) == null)) {
            return Optional.empty();
        }
        String code = matcher.group(2) == null ? matcher.group(4) : matcher.group(2);
        return Optional.of(new CodedAmount(
                DOLLARS.getOrDefault(code, code),
                matcher.group(1) + matcher.group(3).strip()));
    }

    /// The currency that an amount's sign usually stands for, where it can't be the row's.
    public static Optional<String> foreign(String written, String currency) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean own = c == '$'
                    ? DOLLARS_AND_PESOS.contains(currency)
                    : CURRENCIES.getOrDefault(c, Set.of(currency)).contains(currency);
            if (!own) {
                return Optional.of(USUAL.getOrDefault(c, ""));
            }
        }
        return Optional.empty();
    }
}
