package dev.tactus.reports.workbook;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/// The texts that the sheets of an XLSX refer to by number. They may be millions, wanted in any order: they lie
/// one after another in a temporary file that is mapped, and only where each one ends is in memory. Not thread-safe.
final class SharedStrings implements AutoCloseable {
    /// `_x000D_` is a carriage return, `_x005F_` an underscore that would otherwise begin such a thing.
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private MemorySegment texts = MemorySegment.NULL;
    private long[] ends = new long[1 << 10];
    private int count;

    private SharedStrings(Path file) {
        this.file = file;
    }

    static SharedStrings none() throws IOException {
        return new SharedStrings(Files.createTempFile("tactus-strings", ".tmp"));
    }

    static SharedStrings read(InputStream xml) throws IOException {
        SharedStrings strings = none();
        try {
            strings.fill(xml);
            return strings;
        } catch (IOException | RuntimeException e) {
            strings.close();
            throw e;
        } catch (XMLStreamException e) {
            strings.close();
            throw new BrokenWorkbook("its shared strings are damaged: " + e.getMessage(), e);
        }
    }

    private void fill(InputStream xml) throws IOException, XMLStreamException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long length = 0;
            try (XmlStream in = new XmlStream(xml)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                while (in.next()) {
                    if (in.begins("si")) {
                        // what is spoken, beside what is written
                        byte[] text = unescaped(in.text("rPh")).getBytes(StandardCharsets.UTF_8);
                        out.write(text);
                        length += text.length;
                        add(length);
                    }
                }
                out.flush();
            }
            if (length > 0) {
                texts = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
            }
        }
    }

    private void add(long end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = end;
    }

    String get(String number) throws BrokenWorkbook {
        int place;
        try {
            place = Integer.parseInt(number.strip());
        } catch (NumberFormatException e) {
            throw new BrokenWorkbook("a cell refers to the shared string \"" + number + "\"", e);
        }
        if (place < 0 || place >= count) {
            throw new BrokenWorkbook("a cell refers to shared string " + place + " of " + count);
        }
        long start = place == 0 ? 0 : ends[place - 1];
        byte[] bytes = new byte[Math.toIntExact(ends[place] - start)];
        MemorySegment.copy(texts, ValueLayout.JAVA_BYTE, start, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    @Override
    public void close() throws IOException {
        arena.close();
        Files.deleteIfExists(file);
    }
}
