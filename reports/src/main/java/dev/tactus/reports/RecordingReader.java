package dev.tactus.reports;

import dev.tactus.lake.SaleRecording;
import dev.tactus.music.InvalidIsrc;
import dev.tactus.music.InvalidUpc;
import dev.tactus.music.Isrc;
import dev.tactus.music.Upc;
import dev.tactus.reports.Converted.Good;
import dev.tactus.reports.Converted.Unusable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads from a row what was sold: identifiers, title, artist.
final class RecordingReader {
    private static final List<Field> FIELDS = List.of(Field.ISRC, Field.UPC, Field.TITLE, Field.ARTIST);

    private static final Pattern SPREADSHEET = Pattern.compile("[0-9]+([.,][0-9]+)?[eE]\\+?[0-9]+");

    /// A cell of a spreadsheet, which the key has to come back from, holds 32,767 characters.
    private static final int LONGEST_KEY = 1_000;

    private static final int DIGEST = 32;

    private final Binding binding;
    private final String sender;
    private final List<BoundField> varying = new ArrayList<>();

    RecordingReader(Binding binding, String sender) {
        this.binding = binding;
        this.sender = sender;
        for (Field field : FIELDS) {
            binding.field(field).ifPresent(varying::add);
        }
    }

    /// What it reads.
    List<BoundField> varying() {
        return varying;
    }

    Converted<Recording> read(Cells[] rows) {
        try {
            Optional<String> isrc = isrc(rows);
            Upcs upc = upc(rows, isrc.isPresent());
            Optional<String> title = text(Field.TITLE, rows);
            Optional<String> artist = text(Field.ARTIST, rows);
            if (isrc.isEmpty() && upc.value().isEmpty() && title.isEmpty()) {
                throw new Unusable(Field.ISRC, "nothing tells what was used: no ISRC, no UPC, no title");
            }
            SaleRecording sale = new SaleRecording(
                    isrc.orElse(null),
                    upc.value().orElse(null),
                    title.orElse(null),
                    artist.orElse(null),
                    isrc.isPresent() ? null : usageKey(upc.value(), title, artist));
            return new Good<>(new Recording(sale, upc.note()));
        } catch (Unusable e) {
            return e.bad();
        }
    }

    private Optional<String> text(Field field, Cells[] rows) {
        return binding.field(field).map(f -> f.text(rows)).filter(text -> !text.isEmpty());
    }

    /// The first of several.
    private Optional<String> one(Field field, Cells[] rows) {
        Optional<String> separator = binding.layout().records().flatMap(RecordShape::separator);
        return text(field, rows)
                .map(text -> separator.filter(text::contains).isPresent()
                        ? text.substring(0, text.indexOf(separator.get()))
                        : text);
    }

    private Optional<String> isrc(Cells[] rows) throws Unusable {
        Optional<String> text = one(Field.ISRC, rows);
        try {
            return text.map(written -> Isrc.parse(written).value());
        } catch (InvalidIsrc e) {
            return absentOr(Field.ISRC, String.valueOf(e.getMessage()));
        }
    }

    private record Upcs(Optional<String> value, Optional<String> note) {}

    /// A release's number that can't be read doesn't cost a row that tells its recording, unless it tells that a
    /// spreadsheet has been at the file.
    private Upcs upc(Cells[] rows, boolean recordingKnown) throws Unusable {
        Optional<String> text = one(Field.UPC, rows);
        try {
            return new Upcs(text.map(written -> Upc.parse(written).value()), Optional.empty());
        } catch (InvalidUpc e) {
            String reason = String.valueOf(e.getMessage());
            if (recordingKnown && !SPREADSHEET.matcher(text.orElse("")).matches()) {
                return new Upcs(
                        Optional.empty(), Optional.of("rows with an ISRC whose UPC can't be read: landed without it"));
            }
            return new Upcs(absentOr(Field.UPC, reason), Optional.empty());
        }
    }

    private Optional<String> absentOr(Field field, String reason) throws Unusable {
        if (binding.field(field).orElseThrow().rule().badIsAbsent()) {
            return Optional.empty();
        }
        throw new Unusable(field, reason);
    }

    /// What usage without an ISRC has in common, this month and the next.
    private String usageKey(Optional<String> upc, Optional<String> title, Optional<String> artist) {
        String key = folded(sender) + "|" + upc.orElse("") + "|" + folded(title.orElse("")) + "|"
                + folded(artist.orElse(""));
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY - DIGEST)
                        + HexFormat.of()
                                .formatHex(Survey.sha256Digest().digest(key.getBytes(StandardCharsets.UTF_8)))
                                .substring(0, DIGEST);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Cntrl}|]+", " ")
                .strip();
    }
}
