package dev.tactus.reports.layout;

import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Months by the names that statements give them, whatever the language: `Okt 26`, `déc.-25`, `Enero 2026`.
///
/// No name means one month in one language and another one in another.
final class MonthNames {
    private static final Pattern WORD = Pattern.compile("\\p{L}{3,}\\.?");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}");
    private static final Map<String, Month> MONTHS = months(List.of(
            "january januar janner januari janvier janv enero ene gennaio gen janeiro jan",
            "february februar februari fevrier fevr fev febrero febbraio fevereiro feb",
            "march marz maerz mrz mars marzo marco maart mrt mar",
            "april avril avr abril abr aprile apr",
            "may mai mei mayo maggio mag maio",
            "june juni juin junio giugno giu junho jun",
            "july juli juillet juil julio luglio lug julho jul",
            "august augustus aout agosto ago aug",
            "september septembre septiembre setiembre settembre setembro sept set sep",
            "october oktober octobre octubre ottobre outubro okt ott out oct",
            "november novembre noviembre novembro nov",
            "december dezember decembre diciembre dicembre dezembro dez dic dec"));

    private MonthNames() {}

    private static Map<String, Month> months(List<String> names) {
        Map<String, Month> months = new HashMap<>();
        for (Month month : Month.values()) {
            for (String name : names.get(month.getValue() - 1).split(" ", -1)) {
                months.put(name, month);
            }
        }
        return Map.copyOf(months);
    }

    /// The text with the names of months in English, in full or as three letters; other words stay.
    static String inEnglish(String text, TextStyle style) {
        return WORD.matcher(text).replaceAll(word -> {
            Month month = MONTHS.get(bare(word.group()));
            return month == null ? Matcher.quoteReplacement(word.group()) : month.getDisplayName(style, Locale.US);
        });
    }

    private static String bare(String word) {
        String plain =
                ACCENTS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace(".", "").toLowerCase(Locale.ROOT);
    }
}
