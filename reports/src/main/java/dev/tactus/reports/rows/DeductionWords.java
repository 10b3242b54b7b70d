package dev.tactus.reports.rows;

import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells rows that take something off, or bring something forward, from sales, where no layout and nobody has said so:
/// a cell of theirs says what they are and nothing else, and they name neither recording nor release nor artist and
/// sell
/// at most one unit, or they sell nothing: then an artist may stand there, and where the kind of usage says it,
/// anything.
final class DeductionWords {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
    private static final BigDecimal NEVER = BigDecimal.ONE.negate();
    private static final List<ReportField> FIELDS = List.of(
            ReportField.USAGE_TYPE,
            ReportField.TITLE,
            ReportField.SERVICE,
            ReportField.ARTIST,
            ReportField.LABEL,
            ReportField.CATALOGUE_NUMBER);
    private static final Map<DeductionKind, Pattern> WORDS = new EnumMap<>(Map.of(
            DeductionKind.WITHHOLDING,
            words(
                    "(\\w+ )?withholding( tax)?|tax(es)? withheld|wht|(us|u\\.s\\.|foreign|sales|income|source) tax(es)?|vat"
                            + "|gst|taxes|quellensteuer|umsatzsteuer|mwst\\.?|retenue à la source|retención( fiscal)?|ritenuta"
                            + "( d'acconto)?|retenção( na fonte)?|bronbelasting|iva|tva|btw|налог"),
            DeductionKind.FEE,
            words("((\\w+|&) ){0,3}fees?|(\\w+ )?commission|(service|bank|wire|admin\\w*|handling) charges?|charges?"
                    + "|(\\w+)?gebühr(en)?|vertriebsprovision|provision|frais( \\w+){0,3}|comisi[oó]n( \\w+){0,2}"
                    + "|commissione|commissioni|kosten|комиссия|手数料"),
            DeductionKind.ADVANCE,
            words("advances?( payment)?|vorschuss|vorschüsse|avances?|anticipos?|anticipi|voorschot|аванс"),
            DeductionKind.RECOUPMENT,
            words("(\\w+ )?recoup(ed|ment|ments|able)?( costs?| expenses?)?|verrechnung vorschuss|récupération"),
            DeductionKind.BALANCE,
            words("(opening|previous|prior|carried|closing) balance|balance (brought|carried) (forward|over)"
                    + "|brought forward|carry ?over|carried forward|übertrag|saldovortrag|report à nouveau"
                    + "|saldo (anterior|precedente)|vorig saldo")));

    private final List<BoundField> said;
    private final List<BoundField> identifiers;
    private final List<BoundField> codes;
    /// How many of the first fields tell the kind of usage.
    private final int kinds;

    private final Optional<BoundField> quantity;
    private final NumberReader numbers;

    DeductionWords(FieldBindings fields, NumberReader numbers) {
        this.said = FIELDS.stream()
                .flatMap(field -> fields.field(field).stream())
                .filter(field -> !field.isConstant())
                .toList();
        this.identifiers = List.of(ReportField.ISRC, ReportField.UPC, ReportField.ARTIST).stream()
                .flatMap(field -> fields.field(field).stream())
                .toList();
        this.codes = List.of(ReportField.ISRC, ReportField.UPC).stream()
                .flatMap(field -> fields.field(field).stream())
                .toList();
        this.kinds = fields.field(ReportField.USAGE_TYPE)
                .filter(said::contains)
                .map(_ -> 1)
                .orElse(0);
        this.quantity = fields.field(ReportField.QUANTITY);
        this.numbers = numbers;
    }

    private static Pattern words(String words) {
        return Pattern.compile("(less:? )?(" + words + ")\\s*:?(\\s*\\(?[-0-9.,]+ ?%\\)?)?", FLAGS);
    }

    /// What kind a row is of that no recording can be told of; absent where it is none.
    Optional<DeductionKind> of(RowView[] rows) {
        for (int i = 0; i < said.size(); i++) {
            Optional<DeductionKind> kind = kind(said.get(i).text(rows).strip());
            if (kind.isPresent()) {
                boolean nameless = identifiers.stream()
                        .map(field -> field.text(rows).strip())
                        .allMatch(text -> text.isEmpty() || kind(text).isPresent());
                BigDecimal most =
                        nameless ? BigDecimal.ONE : i < kinds || isWithoutCode(rows) ? BigDecimal.ZERO : NEVER;
                return sellsAtMost(most, rows) ? kind : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<DeductionKind> kind(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : WORDS.entrySet().stream()
                        .filter(one -> one.getValue().matcher(text).matches())
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private boolean isWithoutCode(RowView[] rows) {
        return codes.stream().allMatch(field -> field.text(rows).isBlank());
    }

    private boolean sellsAtMost(BigDecimal most, RowView[] rows) {
        int place = quantity.isEmpty() ? -1 : quantity.get().first(rows);
        if (place < 0) {
            return most.signum() >= 0;
        }
        BoundField field = quantity.get();
        try {
            return numbers.decimal(rows[field.holder(place)], field.column(place))
                            .abs()
                            .compareTo(most)
                    <= 0;
        } catch (NotANumber words) {
            return false;
        }
    }
}
