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
import dev.tactus.reports.layout.SpreadsheetMark;
import dev.tactus.reports.rows.Conversion.Accepted;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads from a row what was sold: identifiers, title, artist.
final class SoldItemReader {
    /// What was sold, as rows name it.
    ///
    /// @param note what people should know of rows like this
    /// @param isIdentified whether an ISRC or a UPC tells what it is
    record SoldItem(SaleRecording sale, Optional<String> note, boolean isIdentified) {}

    private static final List<ReportField> FIELDS = List.of(
            ReportField.ISRC,
            ReportField.UPC,
            ReportField.TITLE,
            ReportField.ARTIST,
            ReportField.LABEL,
            ReportField.CATALOGUE_NUMBER);

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
            UpcReading upc = upc(rows);
            Optional<String> title = text(ReportField.TITLE, rows);
            Optional<String> artist = text(ReportField.ARTIST, rows);
            if (isrc.isEmpty() && upc.written().isEmpty() && title.isEmpty()) {
                throw new UnusableValue(ReportField.ISRC, "no ISRC, UPC or title found");
            }
            // what tells such usage again next month: a damaged UPC only where nothing else does
            Optional<String> name = title.isPresent() || upc.value().isPresent() ? title : upc.written();
            SaleRecording sale = new SaleRecording(
                    isrc.orElse(null),
                    upc.value().orElse(null),
                    title.orElse(null),
                    artist.orElse(null),
                    isrc.isPresent() ? null : usageKey(upc.value(), name, artist),
                    text(ReportField.LABEL, rows).orElse(null),
                    text(ReportField.CATALOGUE_NUMBER, rows).orElse(null));
            return new Accepted<>(new SoldItem(
                    sale,
                    note(upc, isrc.isPresent()),
                    isrc.isPresent() || upc.value().isPresent()));
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
                .map(SpreadsheetMark::withoutAny)
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

    /// @param written as it stands there
    /// @param value absent where it can't be read
    private record UpcReading(Optional<String> written, Optional<String> value) {}

    /// A release's number that can't be read costs no row: a spreadsheet may have been at the file, but the amount and
    /// what else tells the recording are there.
    private UpcReading upc(RowView[] rows) {
        Optional<String> text = one(ReportField.UPC, rows);
        try {
            return new UpcReading(text, text.map(written -> Upc.parse(written).value()));
        } catch (InvalidUpc e) {
            return new UpcReading(text, Optional.empty());
        }
    }

    private static Optional<String> note(UpcReading upc, boolean recordingKnown) {
        return upc.written().isEmpty() || upc.value().isPresent()
                ? Optional.empty()
                : Optional.of(
                        recordingKnown
                                ? "rows with an ISRC whose UPC is invalid: landed without the UPC"
                                : "rows without an ISRC whose UPC is invalid: landed without the UPC, to be matched");
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
