package dev.tactus.reports.rows;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.sales.SaleRecording;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.InvalidUpc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.identifiers.Upc;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.rows.Conversion.Accepted;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads from a row what was sold: identifiers, title, artist.
final class SoldItemReader {
    /// What was sold, as rows name it.
    ///
    /// @param note what people should know of rows like this
    record SoldItem(SaleRecording sale, Optional<String> note) {}

    private static final List<ReportField> FIELDS =
            List.of(ReportField.ISRC, ReportField.UPC, ReportField.TITLE, ReportField.ARTIST);

    private static final Pattern SPREADSHEET = Pattern.compile("[0-9]+([.,][0-9]+)?[eE]\\+?[0-9]+");

    /// A cell of a spreadsheet, which the key has to come back from, holds 32,767 characters.
    private static final int LONGEST_KEY = 1_000;

    private static final int DIGEST = 32;

    private final FieldBindings binding;
    private final String sender;
    private final List<BoundField> varying = new ArrayList<>();

    SoldItemReader(FieldBindings binding, String sender) {
        this.binding = binding;
        this.sender = sender;
        for (ReportField field : FIELDS) {
            binding.field(field).ifPresent(varying::add);
        }
    }

    /// What it reads.
    List<BoundField> varying() {
        return varying;
    }

    Conversion<SoldItem> read(RowView[] rows) {
        try {
            Optional<String> isrc = isrc(rows);
            UpcReading upc = upc(rows, isrc.isPresent());
            Optional<String> title = text(ReportField.TITLE, rows);
            Optional<String> artist = text(ReportField.ARTIST, rows);
            if (isrc.isEmpty() && upc.value().isEmpty() && title.isEmpty()) {
                throw new UnusableValue(ReportField.ISRC, "no ISRC, UPC or title found");
            }
            SaleRecording sale = new SaleRecording(
                    isrc.orElse(null),
                    upc.value().orElse(null),
                    title.orElse(null),
                    artist.orElse(null),
                    isrc.isPresent() ? null : usageKey(upc.value(), title, artist));
            return new Accepted<>(new SoldItem(sale, upc.note()));
        } catch (UnusableValue e) {
            return e.bad();
        }
    }

    private Optional<String> text(ReportField field, RowView[] rows) {
        return binding.field(field).map(f -> f.text(rows)).filter(text -> !text.isEmpty());
    }

    /// The first of several.
    private Optional<String> one(ReportField field, RowView[] rows) {
        Optional<String> separator = binding.layout().records().flatMap(RecordLayout::separator);
        return text(field, rows)
                .map(text -> separator.filter(text::contains).isPresent()
                        ? text.substring(0, text.indexOf(separator.get()))
                        : text);
    }

    private Optional<String> isrc(RowView[] rows) throws UnusableValue {
        Optional<String> text = one(ReportField.ISRC, rows);
        try {
            return text.map(written -> Isrc.parse(written).value());
        } catch (InvalidIsrc e) {
            return absentOr(ReportField.ISRC, String.valueOf(e.getMessage()));
        }
    }

    private record UpcReading(Optional<String> value, Optional<String> note) {}

    /// A release's number that can't be read doesn't cost a row that tells its recording, unless it tells that a
    /// spreadsheet has been at the file.
    private UpcReading upc(RowView[] rows, boolean recordingKnown) throws UnusableValue {
        Optional<String> text = one(ReportField.UPC, rows);
        try {
            return new UpcReading(text.map(written -> Upc.parse(written).value()), Optional.empty());
        } catch (InvalidUpc e) {
            String reason = String.valueOf(e.getMessage());
            if (recordingKnown && !SPREADSHEET.matcher(text.orElse("")).matches()) {
                return new UpcReading(Optional.empty(), Optional.of("invalid UPC left out of rows that have an ISRC"));
            }
            return new UpcReading(absentOr(ReportField.UPC, reason), Optional.empty());
        }
    }

    private Optional<String> absentOr(ReportField field, String reason) throws UnusableValue {
        if (binding.field(field).orElseThrow().rule().badIsAbsent()) {
            return Optional.empty();
        }
        throw new UnusableValue(field, reason);
    }

    /// What usage without an ISRC has in common, this month and the next.
    private String usageKey(Optional<String> upc, Optional<String> title, Optional<String> artist) {
        String key = folded(sender) + "|" + upc.orElse("") + "|" + folded(title.orElse("")) + "|"
                + folded(artist.orElse(""));
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY - DIGEST) + Sha256.of(key).hex(DIGEST);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Cntrl}|]+", " ")
                .strip();
    }
}
