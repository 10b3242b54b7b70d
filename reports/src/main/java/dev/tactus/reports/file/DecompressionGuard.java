package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/// A packed stream being unpacked, that says what is wrong with it and stops where it swells beyond all reports.
final class DecompressionGuard extends FilterInputStream {
    /// Reports unpack to 3 to 50 times their packed size; a bomb, to 1,000 times.
    private static final long MOST_TIMES = 250;
    /// Small files may repeat themselves as they like.
    private static final long HARMLESS_BYTES = 64L << 20;

    private final String name;
    private final long mostBytes;
    private long bytes;

    /// @param packedBytes how large it is packed
    DecompressionGuard(InputStream in, String name, long packedBytes) {
        super(in);
        this.name = name;
        this.mostBytes = Math.max(HARMLESS_BYTES, Math.multiplyExact(packedBytes, MOST_TIMES));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(target, offset, length);
        } catch (EOFException | ZipException e) {
            throw broken(name, e);
        }
        if (read > 0) {
            bytes += read;
            if (bytes > mostBytes) {
                throw new BadReport(
                        name + ": expands to more than " + MOST_TIMES + " times its compressed size (" + bytes
                                + " bytes so far), which no report does. If it is a report, unpack it and import the file");
            }
        }
        return read;
    }

    static BadReport broken(String name, IOException e) {
        return e instanceof EOFException
                ? new BadReport(name + ": is truncated: the compressed data ends too early. Request it again", e)
                : new BadReport(name + ": is damaged: " + e.getMessage() + ". Request it again", e);
    }
}
