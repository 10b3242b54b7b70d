package dev.tactus.database;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/// The functions that a 64-bit ELF library imports, and where it keeps the address of each (System V ABI, chapter 5).
final class ElfImports {
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final long RELOCATIONS_SIZE = 2;
    private static final long STRINGS = 5;
    private static final long SYMBOLS = 6;
    private static final long RELOCATIONS = 23;

    private record Segment(long address, long offset, long size) {}

    private final ByteBuffer elf;
    private final List<Segment> loaded = new ArrayList<>();
    private final Map<Long, Long> dynamic = new HashMap<>();

    private ElfImports(byte[] library) {
        this.elf = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
        int headers = (int) elf.getLong(32);
        for (int header = headers; header < headers + elf.getShort(56) * 56; header += 56) {
            int type = elf.getInt(header);
            int offset = (int) elf.getLong(header + 8);
            if (type == LOAD) {
                loaded.add(new Segment(elf.getLong(header + 16), offset, elf.getLong(header + 32)));
            } else if (type == DYNAMIC) {
                for (int entry = offset; elf.getLong(entry) != 0; entry += 16) {
                    dynamic.put(elf.getLong(entry), elf.getLong(entry + 8));
                }
            }
        }
    }

    /// Where the library keeps the address of an imported function, from where it is loaded.
    static long slot(byte[] library, String function) {
        return new ElfImports(library).slot((function + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private long slot(byte[] wanted) {
        int from = offset(RELOCATIONS);
        for (int at = from; at < from + dynamic.getOrDefault(RELOCATIONS_SIZE, 0L); at += 24) {
            byte[] name = new byte[wanted.length];
            elf.get(offset(STRINGS) + elf.getInt(offset(SYMBOLS) + 24 * elf.getInt(at + 12)), name);
            if (Arrays.equals(name, wanted)) {
                return elf.getLong(at);
            }
        }
        throw new NoSuchElementException("the library imports no " + new String(wanted, StandardCharsets.US_ASCII));
    }

    private int offset(long table) {
        long address = dynamic.getOrDefault(table, 0L);
        for (Segment segment : loaded) {
            if (address >= segment.address() && address < segment.address() + segment.size()) {
                return (int) (address - segment.address() + segment.offset());
            }
        }
        throw new NoSuchElementException("the library has no table " + table);
    }
}
