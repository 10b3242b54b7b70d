package dev.tactus.reports.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A statement of a kind that is known, and what it comes to, counted without anything of the product: cut at
/// delimiters outside of quotes, added up as decimals.
///
/// @param header the line of its header, from 0
/// @param money the heading over the label's money
/// @param currency what the money is in, or the heading over it
/// @param kind the heading that tells rows that are no sales
/// @param noSale a pattern of what stands under it there
record KnownStatement(
        String file,
        String layout,
        char delimiter,
        boolean quotes,
        int header,
        String money,
        String currency,
        String kind,
        String noSale) {
    private static final String LAST = "the last";

    /// Kinds that don't say their currency; whoever imports them does.
    static final Set<String> WITHOUT_CURRENCY = Set.of("amuse", "beatport", "deezer");

    static final List<KnownStatement> ALL_KNOWN = List.of(
            tabs("apple-financial.tsv", "apple-financial", 0, "Extended Partner Share", "USD")
                    .without("Start Date", "Total.*"),
            tabs("apple-s1.tsv", "apple-s1", 4, "Net Royalty Total", "EUR"),
            commas("bandcamp-old.csv", "bandcamp", "net amount", "currency").without("item type", "payout"),
            commas("bandcamp-new.csv", "bandcamp", "net amount", "currency").without("item type", "payout"),
            commas("believe.csv", "believe", "Net Revenue", "Client Payment Currency"),
            semicolons("believe-europe.csv", "believe-europe", "Nettoumsatz", "Zahlungswährung"),
            semicolons("believe-russian.csv", "believe-russian", "Сумма вознаграждения", "Валюта"),
            tabs("cd-baby.tsv", "cd-baby", 0, "Subtotal", "USD"),
            commas("distrokid-2025.csv", "distrokid", "Earnings (USD)", "USD"),
            tabs("distrokid.tsv", "distrokid", 0, "Earnings (USD)", "USD"),
            commas("ditto.csv", "ditto", "NetEarnings (£)", "GBP").without("StoreName", ""),
            commas("fuga.csv", "fuga", "Reported Royalty", "Currency"),
            commas("fuga-cargo.csv", "fuga-cargo", "Reported Royalty", "GBP"),
            commas("imusician.csv", "imusician", "Revenue EUR", "EUR"),
            commas("landr.csv", "landr", "Net earnings (USD)", "USD"),
            commas("orchard.csv", "orchard", "NET SHARE ACCOUNT CURRENCY", "ACCOUNT CURRENCY"),
            semicolons("orchard-period.csv", "orchard-period", "Label Share Net Receipts", "Preferred Currency"),
            commas("secretly-digital.csv", "secretly-digital", "Label Net Total", "USD"),
            commas("sonosuite.csv", "sonosuite", "net_total", "currency"),
            commas("soundcloud.csv", "soundcloud", "Revenue (USD)", "USD").below(2),
            tabs("spotify-licensor.tsv", "spotify-licensor", 2, "USD Payable", "USD"),
            commas("symphonic.csv", "symphonic", "Royalty ($US)", "USD")
                    .without("Digital Service Provider", "Balance.*"),
            commas("tunecore.csv", "tunecore", "Total Earned", "Currency"),
            commas("youtube-claim.csv", "youtube-financial", "Partner Revenue", "USD"),
            tabs("youtube-subscription.tsv", "youtube-financial", 0, "Partner Revenue", "USD"));

    /// Those that a template has nothing to propose for, since their lines tell what they are, and those that came
    /// after
    /// its ranking of columns was finished. Where there is no header, a column is called by its number.
    static final List<KnownStatement> OTHERS = List.of(
            commas("amuse.csv", "amuse", "Total", "USD").without("Type", "debit"),
            commas("beatport.csv", "beatport", "NET_TOTAL", "USD"),
            commas("clicknclear.csv", "clicknclear", LAST, "USD").below(-1).without("#1", "T"),
            tabs("ddex-financial.tsv", "ddex-dsr", -1, "#11", "EUR").without("#1", "(?!SR08$).*"),
            commas("traxsource.csv", "traxsource", "Amount Due", "USD").without("Label", "(?!North$).*"),
            commas("deezer.csv", "deezer", "royalties", "EUR"),
            commas("meta.csv", "meta", "usd_payable", "USD"),
            commas("tiktok.csv", "tiktok", "statement_amount", "statement_currency"));

    static List<KnownStatement> all() {
        return Stream.concat(ALL_KNOWN.stream(), OTHERS.stream()).toList();
    }

    private static KnownStatement tabs(String file, String layout, int header, String money, String currency) {
        // quotes are characters there, but for those around CD Baby's barcodes, which no sum depends on
        return new KnownStatement(file, layout, '\t', false, header, money, currency, "", "never");
    }

    private static KnownStatement commas(String file, String layout, String money, String currency) {
        return new KnownStatement(file, layout, ',', true, 0, money, currency, "", "never");
    }

    private static KnownStatement semicolons(String file, String layout, String money, String currency) {
        return new KnownStatement(file, layout, ';', true, 0, money, currency, "", "never");
    }

    private KnownStatement without(String heading, String pattern) {
        return new KnownStatement(file, layout, delimiter, quotes, header, money, currency, heading, pattern);
    }

    private KnownStatement below(int line) {
        return new KnownStatement(file, layout, delimiter, quotes, line, money, currency, kind, noSale);
    }

    String text() {
        try (InputStream in = KnownStatement.class.getResourceAsStream("statements/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its sales, by heading.
    List<Map<String, String>> sales() {
        List<Map<String, String>> sales = new ArrayList<>();
        List<List<String>> lines = lines();
        for (List<String> line : lines.subList(header + 1, lines.size())) {
            List<String> headings = header < 0
                    ? IntStream.rangeClosed(1, line.size())
                            .mapToObj(i -> "#" + i)
                            .toList()
                    : lines.get(header);
            Map<String, String> row = new LinkedHashMap<>();
            row.put(LAST, line.getLast());
            for (int i = 0; i < headings.size(); i++) {
                row.put(headings.get(i), i < line.size() ? line.get(i) : "");
            }
            if (!row.getOrDefault(kind, "sale").matches(noSale)) {
                sales.add(row);
            }
        }
        return sales;
    }

    private List<List<String>> lines() {
        if (!quotes) {
            return text().lines().map(line -> List.of(line.split("\t", -1))).toList();
        }
        return text().lines().map(this::cells).toList();
    }

    private List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean within = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                within = !within;
                cell.append(within && i > 0 && line.charAt(i - 1) == '"' ? "\"" : "");
            } else if (c == delimiter && !within) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /// What the label gets, by currency.
    Map<String, BigDecimal> sums() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Map<String, String> row : sales()) {
            sums.merge(row.getOrDefault(currency, currency), amount(row), BigDecimal::add);
        }
        return sums;
    }

    private BigDecimal amount(Map<String, String> row) {
        String written = row.getOrDefault(money, "");
        String number = delimiter == ';' && written.contains(",")
                ? written.replaceAll("[. \u00a0]", "").replace(',', '.')
                : written;
        return new BigDecimal(number);
    }
}
