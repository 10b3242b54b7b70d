package dev.tactus.reports.file;

import dev.tactus.digest.Sha256;
import dev.tactus.digest.Sha256Stream;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.workbook.SheetText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What a first reading of all bytes tells: what they are, whether they can all be unpacked, how they stand for
/// characters. After it the import proper meets no surprise of that kind. Immutable.
public final class FileScan {
    public static final int HEAD = 1 << 18;
    private static final int BUFFER = 1 << 18;
    private static final Map<String, String> SIGNATURES = Map.of(
            "d0cf11e0",
                    "an old Excel spreadsheet (.xls), or one with a password; open it, save it as .xlsx without a"
                            + " password, and import that",
            "50415231", "a Parquet file; export it as CSV",
            "25504446", "a PDF document; ask the sender for a text report",
            "53514c69", "an SQLite database",
            "89504e47", "a picture");

    private final String sha256;
    private final long bytes;
    private final Optional<ReportCharset> encoding;
    private final int skip;
    private final byte[] head;
    private final Cells cells;

    /// Where the cells of rows come from.
    public enum Cells {
        /// text as it was delivered
        TEXT,
        /// a spreadsheet
        SHEET,
        /// a spreadsheet in which numbers with decimals are stored as numbers, and come with a point
        SHEET_WITH_DECIMALS
    }

    private FileScan(String sha256, long bytes, Optional<ReportCharset> encoding, int skip, byte[] head, Cells cells) {
        this.sha256 = sha256;
        this.bytes = bytes;
        this.encoding = encoding;
        this.skip = skip;
        this.head = head;
        this.cells = cells;
    }

    /// Of all bytes, in lower-case hex.
    public String sha256() {
        return sha256;
    }

    public long bytes() {
        return bytes;
    }

    /// Absent where the bytes are not UTF-8 and don't say what they are: the layout knows.
    public Optional<ReportCharset> encoding() {
        return encoding;
    }

    /// The bytes of the byte order mark.
    public int skip() {
        return skip;
    }

    /// The first bytes, without the byte order mark, at most {@value #HEAD}; not to be changed.
    public byte[] head() {
        return head;
    }

    public Cells cells() {
        return cells;
    }

    /// Reads all.
    ///
    /// @throws BadReport if it is empty, no text, or can't be unpacked
    public static FileScan of(ReportFile content) {
        try (InputStream in = content.open()) {
            FileScan text = read(content.name(), in);
            return in instanceof SheetText sheet
                    ? text.of(sheet.hasDecimals() ? Cells.SHEET_WITH_DECIMALS : Cells.SHEET)
                    : text;
        } catch (IOException e) {
            throw new BadReport(content.name() + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// Of those of its rows that are one sender's: content of their own.
    public FileScan of(String sender) {
        return new FileScan(Sha256.of(sha256 + "\n" + sender).hex(), bytes, encoding, skip, head, cells);
    }

    private FileScan of(Cells kind) {
        return new FileScan(sha256, bytes, encoding, skip, head, kind);
    }

    private static FileScan read(String name, InputStream in) throws IOException {
        Sha256Stream digest = new Sha256Stream();
        byte[] buffer = new byte[BUFFER];
        byte[] hashed = new byte[BUFFER];
        byte[] head = new byte[0];
        Utf8Validator utf8 = new Utf8Validator();
        boolean zeros = false;
        long bytes = 0;
        // one half is hashed while the next one is unpacked and looked at
        try (ExecutorService hashing = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("tactus-report-hash").factory())) {
            CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
            for (int read = in.readNBytes(buffer, 0, BUFFER); read > 0; read = in.readNBytes(buffer, 0, BUFFER)) {
                if (bytes == 0) {
                    head = Arrays.copyOf(buffer, read);
                    refuseKnownBinary(name, head);
                }
                bytes += read;
                zeros |= utf8.take(buffer, 0, read);
                before.join();
                byte[] full = buffer;
                int length = read;
                before = CompletableFuture.runAsync(() -> digest.update(full, 0, length), hashing);
                buffer = hashed;
                hashed = full;
            }
            before.join();
        }
        if (bytes == 0) {
            throw new BadReport(name + ": is empty");
        }
        refuseMarkup(name, head);
        if (utf8.cutOff()) {
            throw new BadReport(name + ": ends within a character: the file was cut off. Request it again");
        }
        return judged(name, digest.digest().hex(), bytes, head, utf8.valid(), zeros);
    }

    private static FileScan judged(String name, String sha256, long bytes, byte[] head, boolean utf8, boolean zeros) {
        if (startsWith(head, 0xff, 0xfe)) {
            return text(sha256, bytes, Optional.of(ReportCharset.UTF_16LE), 2, without(head, 2));
        }
        if (startsWith(head, 0xfe, 0xff)) {
            return text(sha256, bytes, Optional.of(ReportCharset.UTF_16BE), 2, without(head, 2));
        }
        if (zeros) {
            return text(sha256, bytes, Optional.of(utf16(name, head)), 0, head);
        }
        if (looksBinary(head)) {
            throw notText(name);
        }
        if (startsWith(head, 0xef, 0xbb, 0xbf) && utf8) {
            return text(sha256, bytes, Optional.of(ReportCharset.UTF_8), 3, without(head, 3));
        }
        return text(sha256, bytes, utf8 ? Optional.of(ReportCharset.UTF_8) : Optional.empty(), 0, head);
    }

    private static FileScan text(String sha256, long bytes, Optional<ReportCharset> encoding, int skip, byte[] head) {
        return new FileScan(sha256, bytes, encoding, skip, head, Cells.TEXT);
    }

    /// UTF-16 without its mark: in text of mostly western characters every other byte is zero.
    private static ReportCharset utf16(String name, byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int half = head.length / 2;
        if (zeros[1] > half * 0.7 && zeros[0] < half * 0.1) {
            return ReportCharset.UTF_16LE;
        }
        if (zeros[0] > half * 0.7 && zeros[1] < half * 0.1) {
            return ReportCharset.UTF_16BE;
        }
        throw notText(name);
    }

    private static BadReport notText(String name) {
        return new BadReport(name + ": is not text, so it cannot be read as a report");
    }

    private static boolean looksBinary(byte[] head) {
        int odd = 0;
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
                odd++;
            }
        }
        return odd > head.length / 100;
    }

    private static void refuseKnownBinary(String name, byte[] head) {
        String start = HexFormat.of().formatHex(head, 0, Math.min(4, head.length));
        SIGNATURES.forEach((signature, what) -> {
            if (start.equals(signature)) {
                throw new BadReport(name + ": is not a text report but " + what);
            }
        });
    }

    /// Services that offer "Excel" often send a web page, or some other markup, under the name `.xls`.
    private static void refuseMarkup(String name, byte[] head) {
        String start = new String(head, 0, Math.min(head.length, 2_000), StandardCharsets.ISO_8859_1)
                .replaceAll("[\\x00\\xef\\xbb\\xbf\\xfe\\xff]", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (start.matches(
                "(?s)(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)?<(!doctype\\s+html|html|head|body|table|meta)[\\s>].*")) {
            throw new BadReport(
                    name + ": is not a text report but a web page (HTML), whatever its name says; open it in"
                            + " a spreadsheet program, save it as .xlsx, and import that");
        }
        if (start.startsWith("<?xml")) {
            throw new BadReport(
                    name + ": is not a text report but XML of a kind that is not read; ask the sender for CSV or XLSX");
        }
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] without(byte[] head, int mark) {
        return Arrays.copyOfRange(head, mark, head.length);
    }
}
