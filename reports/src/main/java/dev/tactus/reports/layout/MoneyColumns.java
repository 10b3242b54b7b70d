package dev.tactus.reports.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which column of a report that no layout is known for is the label's money: judged by what the values are first, by
/// the headings after that.
///
/// Identifiers are never money, whatever stands over them; nor is what another column is per unit, nor a share. Of
/// what is left, net comes before gross, a total before its parts, and a fee comes last.
final class MoneyColumns {
    /// A column that could be it.
    ///
    /// @param column its place, from 0
    record MoneyCandidate(int column, String heading, int score) {}

    private static final int CLOSE = 12;
    private static final int LIKELY = 30;
    private static final int GROSS_WEIGHT = -35;
    /// What a column gains that another one is a part of for each unit, or that is left of another one.
    private static final int TOTAL = 25;

    private static final int LEFT = 14;
    private static final int WORST = -1_000;

    /// What a heading says, and how much it counts.
    private record HeadingWeight(int weight, Pattern pattern) {}

    private static final Pattern QUANTITY =
            words("quantity|qty|units?|streams?|plays|views|count|downloads|sold|quantité|quantità|"
                    + InferredColumn.UNIT_WORDS);
    private static final Pattern IDENTIFIER = words(
            "ids?|no|nr|number|code|key|sku|ref|reference|serial|upc|ean|isrc|iswc|grid|barcode|icpn|gtin|catalogu?e?|line|invoice|album|track|order|番号|コード");
    private static final Pattern RATE = words("exchange|conversion|fx|rate|kurs|курс");
    private static final Pattern PAYABLE =
            words("payable|payout|pay out|due|to pay|paid|payment|auszahlung|выплате|支払額|総支払額");
    private static final Pattern DEDUCTION =
            words("fees?|tax|taxes|vat|gst|mwst|withheld|withholding|commission|deductions?|deducted|charges?|expenses?"
                    + "|gebühr|gebühren|provision|frais|comisión|commissione|steuer|手数料|комиссия");
    private static final Pattern CURRENCY = Pattern.compile(
            "\\b(usd|eur|gbp|sek|nok|dkk|jpy|cad|aud|nzd|chf|pln|czk|huf|brl|mxn|inr|zar|krw|cny|ils|sgd|hkd|rub)\\b|[$£€¥]");
    private static final Pattern NET = words("net|nett|netto|neto");
    private static final Pattern UNIT = words(
            "unit|units|per|each|price|ppd|average|avg|rpm|cpm|stückpreis|preis|prix|precio|prezzo|preço|цена|単価|販売単価|分配単価");
    private static final List<HeadingWeight> WEIGHTS = List.of(
            new HeadingWeight(
                    40,
                    words(
                            "net|nett|netto|neto|nets|netos|netti|payable|payout|payment|due|earned|earnings?|royalty|royalties"
                                    + "|receipts|nettoerlös|nettoumsatz|auszahlung|líquido|вознаграждения|вознаграждение|выплате|分配額|支払額|総支払額")),
            new HeadingWeight(
                    15,
                    Pattern.compile(
                            "\\b(your|label'?s?|client|partner|artist|licensor|account) (\\w+ )?(net|share|earn|royal|rev)")),
            new HeadingWeight(
                    20,
                    words(
                            "revenue|income|amount|total|value|proceeds|sales|umsatz|erlös|betrag|montant|importe|ingresos?"
                                    + "|ricavi|ricavo|revenu|сумма|доход|выручка|receita|valor|金額|売上|合計")),
            new HeadingWeight(
                    GROSS_WEIGHT,
                    words("gross|brutto|brut|bruto|lordo|list|retail|consumer|customer|item|before|售価|販売売上合計")),
            new HeadingWeight(-10, Pattern.compile("\\bsub ?total\\b")),
            new HeadingWeight(
                    -60,
                    words(
                            "fees?|tax|taxes|vat|withheld|withholding|commission|deductions?|costs?|discounts?|recoup|recoupable"
                                    + "|recoupment|mechanical|mechanicals|shipping|publishing|storage|expenses?|charges?|adjusted"
                                    + "|adjustment|balance|refunds?|reserve|advance|returns|手数料|комиссия")),
            new HeadingWeight(-60, UNIT),
            new HeadingWeight(
                    -80,
                    Pattern.compile(
                            "%|\\b(percent|percentage|rate|ratio|exchange|conversion|fx|pro rata|taux|kurs)\\b|料率|印税率|курс")),
            new HeadingWeight(-40, words("split|splits|youtube")),
            new HeadingWeight(-15, words("original|local|foreign")),
            new HeadingWeight(10, Pattern.compile("\\b(usd|eur|gbp|sek|jpy|cad|aud|chf)\\b|[$£€]")));

    private final List<ColumnNumbers> columns;
    private final Set<Integer> excluded;

    /// @param excluded places of columns that are something else, such as days
    MoneyColumns(List<ColumnNumbers> columns, Set<Integer> excluded) {
        this.columns = List.copyOf(columns);
        this.excluded = Set.copyOf(excluded);
    }

    private static Pattern words(String words) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(" + words + ")(?![\\p{L}\\p{N}])", Pattern.UNICODE_CHARACTER_CLASS);
    }

    /// The most likely first.
    List<MoneyCandidate> candidates() {
        List<ColumnNumbers> counts = columns.stream()
                .filter(column -> column.areNumbers() && column.areWhole() && says(QUANTITY, column))
                .toList();
        List<Integer> money = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnNumbers column = columns.get(i);
            if (!excluded.contains(i)
                    && column.areNumbers()
                    && !column.areIdentifiers()
                    && !isIdentifier(column)
                    && !counts.contains(column)) {
                money.add(i);
            }
        }
        List<MoneyCandidate> candidates = new ArrayList<>();
        for (int i : money) {
            candidates.add(new MoneyCandidate(i, columns.get(i).heading(), score(i, money, counts)));
        }
        candidates.sort(Comparator.comparingInt(MoneyCandidate::score).reversed());
        return candidates;
    }

    private static boolean says(Pattern pattern, ColumnNumbers column) {
        return pattern.matcher(plain(column.heading())).find();
    }

    /// Named as an identifier, and by nothing that is money.
    private static boolean isIdentifier(ColumnNumbers column) {
        return (says(IDENTIFIER, column) && column.areWhole())
                || plain(column.heading()).matches(".*\\b(id|ids|upc|ean|isrc|barcode|sku)$");
    }

    /// In lower case, words apart: `NET_TOTAL` and `netTotal` as `net total`; what is left after a fee is net.
    static String plain(String heading) {
        return heading.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .replaceAll("[_./:()\\[\\]-]+", " ")
                .toLowerCase(Locale.ROOT)
                .replaceAll(
                        "\\b(after|less|minus|excl\\w*|ex|without|net of|ohne|hors|sin|senza|zonder) (\\w+ )?"
                                + "(fees?|tax|taxes|vat|gst|mwst|ust|tva|ht|iva|btw|commission|withholding|deductions?)\\b",
                        "net")
                .replaceAll(
                        "\\b(incl\\w*|inkl\\w*|with|ttc) (\\w+ )?(fees?|tax|taxes|vat|gst|mwst|ust|tva|iva|btw)\\b",
                        "gross")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private int score(int place, List<Integer> money, List<ColumnNumbers> counts) {
        ColumnNumbers column = columns.get(place);
        String heading = plain(column.heading());
        int score = 0;
        for (HeadingWeight weight : WEIGHTS) {
            score += weight.pattern().matcher(heading).find() ? weight.weight() : 0;
        }
        score += column.areWhole() ? -20 : 15;
        score += column.areZero() ? -50 : 0;
        score += column.areConstant() ? -40 : 0;
        score += isPart(column) ? -30 : 0;
        boolean left = false;
        boolean more = false;
        boolean unit = false;
        boolean total = false;
        boolean converted = false;
        boolean exceeded = false;
        for (int other : money) {
            ColumnNumbers there = columns.get(other);
            if (other != place && !there.areZero() && !there.areConstant()) {
                left |= column.isLeftOf(there);
                more |= there.isLeftOf(column);
                unit |= counts.stream().anyMatch(count -> column.isUnitOf(there, count));
                converted |= isConversion(column, there);
                exceeded |= column.isWithin(there) && !isGross(there);
                total |= counts.stream().anyMatch(count -> there.isUnitOf(column, count));
            }
        }
        score += unit ? -60 : 0;
        if (!converted) {
            score += total && !more && !exceeded ? TOTAL : 0;
            score += left && !more ? LEFT : 0;
        }
        return column.filled() == 0 ? WORST : score;
    }

    private static boolean isGross(ColumnNumbers column) {
        String heading = plain(column.heading());
        return WEIGHTS.stream()
                .anyMatch(weight -> weight.weight() == GROSS_WEIGHT
                        && weight.pattern().matcher(heading).find());
    }

    /// Whether one is the other in another currency, by a rate that a column tells: nothing then says which is paid.
    private boolean isConversion(ColumnNumbers one, ColumnNumbers other) {
        return columns.stream()
                .filter(rate -> rate.areNumbers() && says(RATE, rate))
                .anyMatch(rate -> one.isUnitOf(other, rate) || other.isUnitOf(one, rate));
    }

    /// Whether it is one of the parts of a total that has a column of its own: `Partner Revenue : Auction`.
    private boolean isPart(ColumnNumbers column) {
        int colon = column.heading().indexOf(':');
        return colon > 0
                && columns.stream()
                        .anyMatch(other -> other.heading()
                                .strip()
                                .equalsIgnoreCase(
                                        column.heading().substring(0, colon).strip()));
    }

    /// Whether both are net and neither is left of the other: perhaps the label gets both.
    private static boolean mayAddUp(ColumnNumbers one, ColumnNumbers other) {
        return says(NET, one) && says(NET, other) && !other.areZero() && !one.isLeftOf(other) && !other.isLeftOf(one);
    }

    /// Whether a column that has fewer points may be the money all the same.
    private static boolean mayBeMeant(ColumnNumbers best, ColumnNumbers other, int score) {
        return (score >= LIKELY && (mayAddUp(best, other) || isNetOf(other, best)))
                || (score > 0 && says(PAYABLE, other) && !says(PAYABLE, best))
                || inOtherCurrency(best, other);
    }

    /// Whether fees are taken off one, as it seems, and its heading does not say otherwise.
    private static boolean isNetOf(ColumnNumbers one, ColumnNumbers other) {
        return one.isLeftOf(other) && !isGross(one) && !says(DEDUCTION, one);
    }

    /// Whether both are the same in different currencies, by their headings.
    private static boolean inOtherCurrency(ColumnNumbers one, ColumnNumbers other) {
        String here = plain(one.heading());
        String there = plain(other.heading());
        return !here.equals(there)
                && !other.areZero()
                && CURRENCY.matcher(here)
                        .replaceAll("")
                        .replaceAll("\\s+", " ")
                        .strip()
                        .equals(CURRENCY.matcher(there)
                                .replaceAll("")
                                .replaceAll("\\s+", " ")
                                .strip());
    }

    /// A fee beside money that nothing shows to be net of it: neither the heading, nor a column that is both together.
    private Optional<String> deducted(ColumnNumbers best) {
        return columns.stream()
                .filter(fee -> fee.areNumbers() && !fee.areZero() && says(DEDUCTION, fee) && !says(NET, fee))
                .filter(fee -> !fee.heading().equals(best.heading()))
                .filter(fee -> !says(NET, best)
                        && !says(PAYABLE, best)
                        && columns.stream().noneMatch(gross -> gross.areNumbers() && best.isSumWith(fee, gross)))
                .map(fee -> "\"" + fee.heading() + "\" may still have to be taken off")
                .findFirst();
    }

    /// Why nobody but a person can tell; absent where one column is far ahead.
    Optional<String> doubt(List<MoneyCandidate> candidates) {
        if (candidates.isEmpty()) {
            return Optional.of("no column looks like money");
        }
        MoneyCandidate best = candidates.getFirst();
        Set<String> close = new HashSet<>();
        for (MoneyCandidate other : candidates.subList(1, candidates.size())) {
            ColumnNumbers one = columns.get(best.column());
            ColumnNumbers two = columns.get(other.column());
            if (!two.isSameAs(one) && (best.score() - other.score() < CLOSE || mayBeMeant(one, two, other.score()))) {
                close.add("\"" + other.heading() + "\"");
            }
        }
        if (!close.isEmpty()) {
            return Optional.of(
                    "or " + String.join(" or ", close.stream().sorted().toList()));
        }
        Optional<String> deducted = deducted(columns.get(best.column()));
        if (deducted.isPresent()) {
            return deducted;
        }
        return best.score() < LIKELY
                ? Optional.of("nothing but its place among the others speaks for it")
                : Optional.empty();
    }
}
