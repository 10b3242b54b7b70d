package dev.tactus.bench.reports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A distributor's statement of any size, as messy as they come: quoted commas, doubled quotes, line breaks within
/// cells, thousands, accents, headers in the middle, ragged rows, and one row in a hundred with a value that is wrong.
/// The same seed makes the same file.
///
/// Every quote is closed: DuckDB's lenient reader loses most of a file after one that is not.
final class MessyReport {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,"
                    + "Song/Album,Country of Sale,Songwriter Royalties Withheld,Earnings (USD)\n";
    private static final String[] STORES = {
        "Spotify",
        "Apple Music",
        "Amazon Unlimited (Streaming)",
        "YouTube (Ads)",
        "Deezer",
        "TIDAL",
        "Pandora",
        "TikTok"
    };
    private static final String[] TERRITORIES = {
        "US", "GB", "DE", "FR", "BR", "MX", "JP", "NL", "SE", "IT", "ES", "CA", "AU", "PL", "AR", "CL", "IN", "ID",
        "PH", "TR", "ZA", "NG", "KE", "EG", "SA", "AE", "DK", "NO", "FI", "CH", "AT", "BE"
    };
    private static final String[] TITLES = {
        "Nightfall",
        "\"Two words, one comma\"",
        "Über den Dächern",
        "\"Say \"\"when\"\"\"",
        "Låt mig gå",
        "Low Tide",
        "\"First line\nsecond line\"",
        "Corazón",
        "Paper Boats (feat. Somebody Else) [Remastered]",
        "0:59"
    };
    private static final int RECORDINGS = 20_000;

    /// What a correct reading of it comes to.
    ///
    /// @param rows sound ones
    /// @param wrong rows that have to be set aside
    /// @param earnings of the sound ones
    record Truth(long rows, long wrong, BigDecimal earnings) {}

    private MessyReport() {}

    static Truth write(Path file, long bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long written = 0;
        long rows = 0;
        long wrong = 0;
        // in units of 10⁻¹²
        long earnings = 0;
        BigDecimal sum = BigDecimal.ZERO;
        StringBuilder row = new StringBuilder();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(HEADER.getBytes(StandardCharsets.UTF_8));
            while (written < bytes) {
                row.setLength(0);
                int kind = random.nextInt(100_000);
                long units = random.nextLong(4_000_000_000L) - 20_000_000L;
                if (kind < 10) {
                    row.append(HEADER);
                } else if (kind < 1_010) {
                    append(row, random, units, kind % 5);
                    wrong++;
                } else {
                    append(row, random, units, -1);
                    earnings += units;
                    rows++;
                }
                byte[] line = row.toString().getBytes(StandardCharsets.UTF_8);
                out.write(line);
                written += line.length;
                if (Math.abs(earnings) > Long.MAX_VALUE >> 1) {
                    sum = sum.add(BigDecimal.valueOf(earnings, 12));
                    earnings = 0;
                }
            }
        }
        return new Truth(rows, wrong, sum.add(BigDecimal.valueOf(earnings, 12)));
    }

    /// @param fault 0 to 4, or −1 for none
    private static void append(StringBuilder row, SplittableRandom random, long units, int fault) {
        int recording = random.nextInt(RECORDINGS);
        row.append("2026-11-20,2026-").append(fault == 2 ? "ten," : random.nextBoolean() ? "10," : "09,");
        row.append(STORES[random.nextInt(STORES.length)]).append(",Artist ").append(recording % 700);
        row.append(',').append(TITLES[recording % TITLES.length]).append(",US");
        row.append(fault == 0 ? "?" : "A").append("BC25");
        digits(row, recording, 5).append(',').append(upc(recording)).append(',');
        long quantity = random.nextInt(50) == 0 ? random.nextLong(1_000, 90_000) : random.nextLong(-3, 900);
        if (fault == 1) {
            row.append("many");
        } else if (quantity >= 1_000) {
            row.append('"').append(quantity / 1_000).append(',');
            digits(row, quantity % 1_000, 3).append('"');
        } else {
            row.append(quantity);
        }
        row.append(",100,Song,").append(TERRITORIES[random.nextInt(TERRITORIES.length)]);
        row.append(",0,");
        if (fault == 3) {
            row.append("n.a.");
        } else {
            row.append(units < 0 ? "-" : "")
                    .append(Math.abs(units) / 1_000_000_000_000L)
                    .append('.');
            digits(row, Math.abs(units) % 1_000_000_000_000L, 12);
        }
        row.append(fault == 4 ? ",one cell more\n" : "\n");
    }

    private static StringBuilder digits(StringBuilder row, long number, int width) {
        String text = Long.toString(number);
        return row.repeat('0', width - text.length()).append(text);
    }

    private static String upc(int recording) {
        long eleven = 85_000_000_000L + recording / 10;
        int sum = 0;
        long rest = eleven;
        for (int i = 0; i < 11; i++) {
            sum += (int) (rest % 10) * (i % 2 == 0 ? 3 : 1);
            rest /= 10;
        }
        return Long.toString(eleven * 10 + (10 - sum % 10) % 10);
    }
}
