package dev.tactus.reports.sums;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private CurrencySign() {}

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
