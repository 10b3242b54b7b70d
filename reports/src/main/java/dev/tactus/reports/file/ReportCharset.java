package dev.tactus.reports.file;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// How a report's characters stand in its bytes.
public enum ReportCharset {
    UTF_8(StandardCharsets.UTF_8),
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    /// holds all printable characters of latin-1, and some more
    WINDOWS_1252(Charset.forName("windows-1252")),
    /// Cyrillic
    WINDOWS_1251(Charset.forName("windows-1251")),
    LATIN_1(StandardCharsets.ISO_8859_1);

    private final Charset charset;

    ReportCharset(Charset charset) {
        this.charset = charset;
    }

    public Charset charset() {
        return charset;
    }

    /// Whether its delimiters, quotes and line ends are the bytes of ASCII, and stand for nothing else.
    public boolean isAsciiBased() {
        return this != UTF_16LE && this != UTF_16BE;
    }

    /// The same text in [#rowCharset].
    public InputStream rowBytes(InputStream in) {
        return isAsciiBased() ? in : new TranscodedStream(in, charset);
    }

    /// The encoding in which rows are cut: its own if that is based on ASCII, else UTF-8.
    public Charset rowCharset() {
        return isAsciiBased() ? charset : StandardCharsets.UTF_8;
    }

    /// As layouts name it: `utf-8`, `windows-1252`, `latin-1`, …
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one that layouts name so.
    public static Optional<ReportCharset> named(String name) {
        for (ReportCharset encoding : values()) {
            if (encoding.label().equalsIgnoreCase(name)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
