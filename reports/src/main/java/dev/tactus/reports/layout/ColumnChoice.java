package dev.tactus.reports.layout;

import dev.tactus.reports.ReportField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Which of several columns is the currency, the units or the territory, where the headings of more than one say so:
/// one that is clearly it, or the most likely one with a doubt that only a person can settle.
///
/// The currency is that of the money that was chosen. A total of units comes before its parts and what is left after
/// returns before what was sold, both told by adding up. The territory is where something was used, not where a label
/// or
/// an artist is at home.
final class ColumnChoice {
    private static final int CLEAR = 3;
    private static final int EXACT = 6;
    private static final int PROVED = 20;
    private static final int MOST_ADDENDS = 12;

    private static final Pattern SOLD = words("local|sales?|sold|customer|consumer|original|transaction|foreign|retail"
            + "|store|shop|dsp|source|list|native|purchase|buyer|gross|verkaufs|venta|vente");
    private static final Pattern PAID = words("settle(ment|d)?|pay(ment|able|out|ee|ing)?|paid|account(ing)?|statement"
            + "|remit(tance|ted)?|contract|home|base|invoice|client|(aus)?zahlungs?|abrechnungs|pago|paiement");
    /// What is the label's without saying that it is what was paid.
    private static final Pattern OWN = words("net|netto|neto|report(ed|ing)?|royalt(y|ies)|earn(ed|ings?)|due|partner"
            + "|label|proceeds|your|artist|licensor");
    private static final Pattern CURRENCY = Pattern.compile(InferredColumn.CURRENCIES);

    private static final Pattern PART = words(
            "free|premium|ad|ads|supported|trial|promo(tional)?|returns?|returned|refunds?"
                    + "|refunded|cancel\\w*|void(s|ed)?|skips?|skipped|saves?|gross|partial|retouren|devoluciones|retours");
    private static final Pattern RETURNED =
            words("returns?|returned|refunds?|refunded|cancel\\w*|void(s|ed)?|retouren" + "|devoluciones|retours");
    private static final Pattern WHOLE = words("total|net|netto|neto|all|overall|gesamt|combined|summe");
    private static final Pattern UNITS = Pattern.compile(
            "(number of )?(quantity|qty|units|streams|plays|views|downloads|menge|anzahl|cantidad|quantité|quantità"
                    + "|количество|数量|再生数)",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern PLACE = Pattern.compile(
            "((sales?|usage|consumer|customer) )?(territory|country|land|pays|país|paese|страна)( of sales?)?"
                    + "( region| регион)?",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern USED =
            words("sales?|sold|customer|consumer|listener|user|store|storefront|usage" + "|delivery|service");
    private static final Pattern AT_HOME = words("label|artist|performer|owner|rights?|licensor|payee|company|recording"
            + "|recorded|origin|residence|resident|bank|tax|billing|contract|publisher|account|ship|from|nationality"
            + "|home|producer|production|release|registration|writer");
    private static final Pattern REGION = words("region");

    /// A column that could be it.
    ///
    /// @param place from 0
    private record RatedColumn(int place, int score) {}

    private final List<InferredColumn> columns;
    private final List<ColumnNumbers> numbers;
    private final List<List<String>> rows;

    /// @param rows the first ones, each as wide as the header
    ColumnChoice(List<InferredColumn> columns, List<ColumnNumbers> numbers, List<List<String>> rows) {
        this.columns = new ArrayList<>(columns);
        this.numbers = List.copyOf(numbers);
        this.rows = List.copyOf(rows);
    }

    private static Pattern words(String words) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(" + words + ")(?![\\p{L}\\p{N}])", Pattern.UNICODE_CHARACTER_CLASS);
    }

    /// The columns, of which no two are the currency, the units or the territory any more.
    ///
    /// @param money the place of the label's money
    List<InferredColumn> made(Optional<Integer> money) {
        money.ifPresent(this::chooseCurrency);
        chooseUnits();
        choosePlace();
        return List.copyOf(columns);
    }

    private List<Integer> places(ReportField field) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).field().filter(field::equals).isPresent())
                .boxed()
                .toList();
    }

    private String heading(int place) {
        return MoneyColumns.plain(columns.get(place).heading());
    }

    private static boolean says(Pattern pattern, String heading) {
        return pattern.matcher(heading).find();
    }

    private void take(ReportField field, int best, List<Integer> rivals, Optional<String> doubt) {
        for (int place : rivals) {
            columns.set(place, columns.get(place).as(Optional.empty(), Optional.empty()));
        }
        columns.set(best, columns.get(best).as(Optional.of(field), doubt));
    }

    private String named(List<Integer> others) {
        return "or "
                + String.join(
                        " or ",
                        others.stream()
                                .map(place -> "\"" + columns.get(place).heading() + "\"")
                                .toList());
    }

    private boolean areSame(int one, int other) {
        return rows.stream()
                .allMatch(row ->
                        row.get(one).strip().equalsIgnoreCase(row.get(other).strip()));
    }

    // the currency

    private void chooseCurrency(int money) {
        List<Integer> places = places(ReportField.CURRENCY);
        if (places.isEmpty()) {
            return;
        }
        Optional<String> said = InferredColumn.currencyIn(columns.get(money).heading());
        if (said.isPresent()) {
            List<Integer> other = places.stream()
                    .filter(place -> !holdsOnly(place, said.get()))
                    .toList();
            if (other.size() == places.size()) {
                // what the heading says, not what another column says of something else
                boolean sold = other.stream().allMatch(place -> says(SOLD, side(place)));
                take(ReportField.NET_REVENUE, money, other, columns.get(money).doubt());
                if (!sold) {
                    int first = other.getFirst();
                    take(
                            ReportField.CURRENCY,
                            first,
                            other,
                            Optional.of("or " + said.get() + ", as the heading \""
                                    + columns.get(money).heading() + "\" says"));
                }
                return;
            }
            take(
                    ReportField.CURRENCY,
                    places.stream()
                            .filter(place -> !other.contains(place))
                            .findFirst()
                            .orElseThrow(),
                    places,
                    Optional.empty());
            return;
        }
        List<RatedColumn> rated = rated(places, place -> belonging(place, money));
        RatedColumn best = rated.getFirst();
        List<Integer> rivals = rated.stream().skip(1).map(RatedColumn::place).toList();
        take(ReportField.CURRENCY, best.place(), places, currencyDoubt(best, rated, rivals, money));
    }

    private Optional<String> currencyDoubt(RatedColumn best, List<RatedColumn> rated, List<Integer> rivals, int money) {
        boolean elsewhere = (says(SOLD, side(best.place())) && !says(SOLD, heading(money)))
                || (says(CURRENCY, heading(money)) && shared(best.place(), money) == 0);
        if (rivals.isEmpty()) {
            return elsewhere
                    ? Optional.of("nothing says that \"" + columns.get(money).heading() + "\" is in this currency")
                    : Optional.empty();
        }
        boolean far = best.score() - rated.get(1).score() >= CLEAR;
        boolean onlyPlain = words(best.place()).isEmpty()
                && rated.stream().skip(1).allMatch(one -> one.score() < 0 && says(SOLD, side(one.place())));
        return !elsewhere && (far || onlyPlain) ? Optional.empty() : Optional.of(named(rivals));
    }

    private boolean holdsOnly(int place, String currency) {
        return rows.stream()
                .map(row -> row.get(place).strip())
                .filter(value -> !value.isEmpty())
                .allMatch(currency::equalsIgnoreCase);
    }

    /// How much speaks for it that money is in this currency: words of both headings, the side that is sold or paid,
    /// and that they stand side by side.
    private int belonging(int currency, int money) {
        String of = side(currency);
        String amount = heading(money);
        boolean mixed = says(SOLD, amount) && (says(PAID, amount) || says(OWN, amount));
        int shared = shared(currency, money);
        int score = mixed && shared < 2 ? 0 : CLEAR * shared;
        boolean sold = says(SOLD, of);
        boolean paid = says(PAID, of) || says(OWN, of);
        if (!mixed && sold != paid) {
            int weight = says(PAID, amount) ? 2 : 1;
            boolean soldMoney = says(SOLD, amount);
            score += sold == soldMoney && (soldMoney || says(PAID, amount) || says(OWN, amount)) ? weight : 0;
            score -= sold != soldMoney ? weight : 0;
        }
        score += words(currency).isEmpty() ? 1 : 0;
        return score + (Math.abs(currency - money) == 1 ? 2 : 0);
    }

    /// What a heading says beside that it is a currency.
    private String side(int currency) {
        return CURRENCY.matcher(heading(currency)).replaceAll(" ");
    }

    private int shared(int currency, int money) {
        Set<String> both = words(currency);
        both.retainAll(words(money));
        return both.size();
    }

    /// The same as words, several forms of one as one.
    private Set<String> words(int place) {
        Set<String> words = new HashSet<>();
        for (String word : side(place).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty() && !word.matches("of|the|code|in|for|iso|de|der|des")) {
                words.add(word.replaceFirst("^(pay|paid|payment|payable|payout|paying)$", "pay")
                        .replaceFirst("^(settle|report|account|remit|earn)(ment|ed|d|ing|ings|tance|ted)?$", "$1")
                        .replaceFirst("ies$", "y")
                        .replaceFirst("(?<=..)s$", ""));
            }
        }
        return words;
    }

    // the units

    private void chooseUnits() {
        List<Integer> places = places(ReportField.QUANTITY);
        if (places.isEmpty()) {
            return;
        }
        choose(ReportField.QUANTITY, places, this::unitScore, "its heading says that it is not all of the units");
    }

    private int unitScore(int place) {
        String heading = heading(place);
        int score = UNITS.matcher(heading).matches() ? EXACT : 0;
        score += says(WHOLE, heading) ? 4 : 0;
        score -= says(PART, heading) ? EXACT : 0;
        return score + (isNetOfReturns(place) ? 2 * PROVED : 0) + (isTotal(place) ? PROVED : 0);
    }

    private List<Integer> counts(int except) {
        return IntStream.range(0, numbers.size())
                .filter(i -> i != except
                        && numbers.get(i).areNumbers()
                        && numbers.get(i).areWhole()
                        && !numbers.get(i).areZero()
                        && !numbers.get(i).areIdentifiers())
                .limit(MOST_ADDENDS)
                .boxed()
                .toList();
    }

    private boolean isNetOfReturns(int place) {
        List<Integer> counts = counts(place);
        return counts.stream()
                .filter(returned -> says(RETURNED, heading(returned)))
                .anyMatch(returned -> counts.stream()
                        .anyMatch(sold -> !sold.equals(returned) && addUp(List.of(place, returned), sold)));
    }

    /// Whether two or three others add up to it.
    private boolean isTotal(int place) {
        List<Integer> counts =
                counts(place).stream().filter(i -> !says(RETURNED, heading(i))).toList();
        for (int i = 0; i < counts.size(); i++) {
            for (int j = i + 1; j < counts.size(); j++) {
                if (addUp(List.of(counts.get(i), counts.get(j)), place)) {
                    return true;
                }
                for (int k = j + 1; k < counts.size(); k++) {
                    if (addUp(List.of(counts.get(i), counts.get(j), counts.get(k)), place)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean addUp(List<Integer> addends, int total) {
        for (int row = 0; row < rows.size(); row++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int addend : addends) {
                sum = sum.add(numbers.get(addend)
                        .numbers()
                        .get(row)
                        .orElse(BigDecimal.ZERO)
                        .abs());
            }
            if (sum.compareTo(numbers.get(total)
                            .numbers()
                            .get(row)
                            .orElse(BigDecimal.ZERO)
                            .abs())
                    != 0) {
                return false;
            }
        }
        return rows.size() > 1;
    }

    // the territory

    private void choosePlace() {
        List<Integer> places = places(ReportField.TERRITORY);
        if (!places.isEmpty()) {
            choose(
                    ReportField.TERRITORY,
                    places,
                    this::placeScore,
                    "its heading says that it is somebody's home, not where it was used");
        }
    }

    private int placeScore(int place) {
        String heading = bare(place);
        int score = PLACE.matcher(heading).matches() ? EXACT : says(USED, heading) ? 4 : 0;
        score -= says(AT_HOME, heading) ? EXACT + 2 : 0;
        return score - (says(REGION, heading) && score < EXACT ? 2 : 0);
    }

    /// `country code` and `country name` are the same places.
    private String bare(int place) {
        return heading(place)
                .replaceAll("\\b(codes?|names?|iso)\\b", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void choose(ReportField field, List<Integer> places, ToIntFunction<Integer> score, String part) {
        List<RatedColumn> rated = rated(places, score);
        RatedColumn best = rated.getFirst();
        List<Integer> rivals = rated.stream()
                .skip(1)
                .filter(one -> best.score() - one.score() <= CLEAR)
                .map(RatedColumn::place)
                .filter(other -> !areSame(best.place(), other))
                .filter(other ->
                        field != ReportField.TERRITORY || !bare(best.place()).equals(bare(other)))
                .toList();
        take(
                field,
                best.place(),
                places,
                !rivals.isEmpty()
                        ? Optional.of(named(rivals))
                        : best.score() < 0 ? Optional.of(part) : Optional.empty());
    }

    private static List<RatedColumn> rated(List<Integer> places, ToIntFunction<Integer> score) {
        return places.stream()
                .map(place -> new RatedColumn(place, score.applyAsInt(place)))
                .sorted(Comparator.comparingInt(RatedColumn::score).reversed())
                .toList();
    }

    /// Whole numbers that no heading explains may be units in a language that nobody taught: to be shown with a doubt.
    static Optional<Integer> unnamedUnits(List<InferredColumn> columns, List<ColumnNumbers> numbers) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).field().isEmpty()
                        && columns.get(i).formats().isEmpty())
                .filter(i -> numbers.get(i).areNumbers()
                        && numbers.get(i).areWhole()
                        && !numbers.get(i).areZero()
                        && !numbers.get(i).areIdentifiers()
                        && !columns.get(i)
                                .heading()
                                .toLowerCase(Locale.ROOT)
                                .matches(".*(\\bids?\\b|number|code|key|%|year|price|rate|duration).*"))
                .boxed()
                .findFirst();
    }
}
