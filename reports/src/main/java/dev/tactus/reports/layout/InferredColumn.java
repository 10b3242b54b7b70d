package dev.tactus.reports.layout;

import dev.tactus.reports.ReportField;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a column most likely is, by its heading and its first values.
///
/// @param field absent where nothing is likely
/// @param formats of periods, in which all its values can be read
/// @param pointGroups whether a value may have points between thousands; commaGroups likewise
/// @param example the first value that is not empty
record InferredColumn(
        String heading,
        Optional<ReportField> field,
        List<String> formats,
        String example,
        boolean decimalComma,
        boolean pointGroups,
        boolean commaGroups,
        Optional<String> doubt) {
    /// What headings call a currency.
    static final String CURRENCIES =
            "currenc(y|ies)|währung|waehrung|devise|moneda|divisa|valuta|moeda|валюта|通貨|\\bccy\\b";

    /// What headings call units.
    static final String UNIT_WORDS =
            "menge|anzahl|abrufe|aufrufe|wiedergaben|einheiten|stück|stückzahl|cantidad|unidades|reproducciones"
                    + "|descargas|escuchas|écoutes|ecoutes|lectures|unités|téléchargements|ascolti|riproduzioni|unità"
                    + "|execuções|reproduções|quantidade|unidades|aantal|stuks|afspeelbeurten|antal|afspilninger"
                    + "|spelningar|количество|прослушивания|прослушиваний|единиц|数量|再生数|再生回数|回数|播放次数|播放量";

    private static final Set<String> ISO_CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());
    private static final Pattern CURRENCY = Pattern.compile("\\b([A-Z]{3})\\b");
    private static final Pattern ISRC = Pattern.compile("(?i)[A-Z]{2}-?[A-Z0-9]{3}-?[0-9]{2}-?[0-9]{5}");
    private static final Pattern MONEY = Pattern.compile("-?[0-9.,]+");
    private static final Pattern USE = Pattern.compile(
            "sale|usage|activity|transaction|consum|perform|stream|verkauf|vente|venta|vendita|продаж|利用",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final List<String> FORMATS = List.of(
            "yyyy-MM-dd",
            "yyyy-MM",
            "yyyyMMdd",
            "yyyyMM",
            "yyyy/MM/dd",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
            "M/d/yyyy h:mm:ss a",
            "M/d/yy h:mma",
            "yyyy.MM",
            "yyyy_MM",
            "yyyy'M'M",
            "M/d/yyyy",
            "d/M/yyyy",
            "M/d/yy",
            "d/M/yy",
            "dd.MM.yyyy",
            "MM/yyyy",
            "MMM-yy",
            "dd-MM-yyyy",
            "'Q'qyy",
            "MMM yyyy",
            "MMMM yyyy",
            "MMM yy",
            "d MMMM yyyy",
            "d. MMMM yyyy",
            "yyyy-'Q'q",
            "'Q'q yyyy");

    /// A field and what its headings are about, the most telling first: an earlier one takes the column.
    private record HeadingPattern(ReportField field, Pattern heading) {}

    private static final List<HeadingPattern> SIGNS = List.of(
            sign(ReportField.ISRC, "isrc"),
            sign(ReportField.UPC, "upc|\\bean\\b|barcode|icpn|gtin"),
            sign(ReportField.EXCHANGE_RATE, "exchange|conversion rate|fx"),
            sign(ReportField.CURRENCY, CURRENCIES),
            sign(
                    ReportField.STATEMENT_PERIOD,
                    "report|statement|posted|paid|payment|process|insert|accounting|invoice|confirm|disburse|ingest"
                            + "|bericht|relevé|informe|отч[её]т"),
            sign(ReportField.USAGE_START, "start|begin|from date"),
            sign(ReportField.USAGE_END, "end date|end$|to date"),
            sign(
                    ReportField.USAGE,
                    "(sale|sales|usage|activity|transaction) ?(month|period|date)|month|period|date|quarter|\\bmois\\b|monat|\\bmes\\b|mese|quartal|месяц|период|дата|利用月|年月|\\bday\\b"),
            sign(
                    ReportField.QUANTITY,
                    "quantit|units|streams|plays|views|qty|(?<![a-z])counts?(?![a-z])|[a-z](?-i:Count)(?![a-z])|downloads|"
                            + UNIT_WORDS),
            sign(ReportField.TERRITORY, "country|territor|storefront|region|\\bpays\\b|\\bland\\b|país|paese|страна"),
            sign(
                    ReportField.SERVICE,
                    "store|shop|boutique|service|dsp|platform|plateforme|plattform|retailer|channel|partner|outlet"),
            sign(ReportField.USAGE_TYPE, "type|format|delivery"),
            sign(ReportField.TITLE, "track|song|asset title|recording|title|titre|titel|título|titolo"),
            sign(ReportField.ARTIST, "artist|performer|künstler|interpret"));

    private static HeadingPattern sign(ReportField field, String heading) {
        return new HeadingPattern(field, Pattern.compile(heading, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    static List<InferredColumn> of(List<String> headings, List<List<String>> rows) {
        List<InferredColumn> columns = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int place = column;
            List<String> values = rows.stream()
                    .map(row -> row.get(place))
                    .filter(value -> !value.isBlank())
                    .toList();
            columns.add(of(headings.get(column), values));
        }
        return columns;
    }

    private static InferredColumn of(String heading, List<String> values) {
        String example = values.isEmpty() ? "" : values.getFirst();
        List<String> formats = formats(values);
        boolean comma = values.stream().anyMatch(v -> v.matches("-?[0-9.]*,([0-9]{1,2}|[0-9]{4,})"));
        boolean points = values.stream().anyMatch(v -> v.matches("-?[0-9]{1,3}(\\.[0-9]{3})+(,[0-9]*)?"));
        boolean commas = values.stream().anyMatch(v -> v.matches("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?"));
        Optional<ReportField> field = Optional.empty();
        for (HeadingPattern sign : SIGNS) {
            if (field.isEmpty() && sign.heading().matcher(heading).find() && bears(sign.field(), values, formats)) {
                field = Optional.of(sign.field());
            }
        }
        if (field.isEmpty() && !values.isEmpty() && values.stream().allMatch(v -> isIsrc(v))) {
            field = Optional.of(ReportField.ISRC);
        }
        boolean days = formats.contains("M/d/yyyy") && formats.contains("d/M/yyyy");
        return new InferredColumn(
                heading,
                field,
                formats,
                example,
                comma,
                points,
                commas,
                days ? Optional.of("or d/M/yyyy: these rows match both") : Optional.empty());
    }

    /// Whether the values can be what the heading says.
    private static boolean bears(ReportField field, List<String> values, List<String> formats) {
        if (values.isEmpty()) {
            return true;
        }
        return switch (field) {
            case USAGE, USAGE_START, USAGE_END, STATEMENT_PERIOD -> !formats.isEmpty();
            case QUANTITY -> values.stream().allMatch(v -> v.matches("[-+(]?[0-9][0-9.,\u00a0 ]*\\)?|-|(?i)n/a|null"));
            case NET_REVENUE, EXCHANGE_RATE, GROSS, UNIT_PRICE, FEE, TAX, SHARE ->
                values.stream()
                                        .filter(v -> v.matches(".*[0-9].*") && v.matches("[-+(). ,0-9eE$€£]+"))
                                        .count()
                                * 2
                        > values.size();
            case ISRC -> values.stream().filter(v -> isIsrc(v)).count() * 2 > values.size();
            case CURRENCY -> values.stream().allMatch(v -> v.matches("[A-Za-z]{3}"));
            case SENDER,
                    PART,
                    SERVICE,
                    UPC,
                    TITLE,
                    ARTIST,
                    TERRITORY,
                    USAGE_TYPE,
                    LABEL,
                    CATALOGUE_NUMBER,
                    SUBSCRIPTION_TYPE ->
                values.stream()
                        .anyMatch(v ->
                                field == ReportField.UPC || !MONEY.matcher(v).matches());
        };
    }

    private static List<String> formats(List<String> values) {
        return values.isEmpty()
                ? List.of()
                : FORMATS.stream()
                        .filter(format -> {
                            PeriodFormat one = PeriodFormat.of(format, Locale.US);
                            return values.stream().allMatch(v -> one.parse(v).isPresent());
                        })
                        .toList();
    }

    static boolean isIsrc(String text) {
        return ISRC.matcher(text).matches();
    }

    static Optional<String> currencyIn(String heading) {
        Matcher matcher = CURRENCY.matcher(heading);
        while (matcher.find()) {
            if (ISO_CODES.contains(matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return heading.contains("£")
                ? Optional.of("GBP")
                : heading.contains("€") ? Optional.of("EUR") : Optional.<String>empty();
    }

    /// How surely its heading means when something was used, rather than any other day.
    int tellsUse() {
        return USE.matcher(heading).find() ? 1 : 0;
    }

    /// The same column as something else.
    InferredColumn as(Optional<ReportField> other, Optional<String> otherDoubt) {
        return new InferredColumn(heading, other, formats, example, decimalComma, pointGroups, commaGroups, otherDoubt);
    }

    /// As the layout says it.
    String rule() {
        String column = LayoutTemplate.column(heading);
        return field.isPresent() && field.get().isPeriod() && !formats.isEmpty()
                ? "{column: " + column + ", format: \"" + formats.getFirst() + "\"}"
                : column;
    }
}
