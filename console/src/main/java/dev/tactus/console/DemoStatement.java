package dev.tactus.console;

import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.reconcile.Period;
import dev.tactus.simulator.catalog.ServedCatalog;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The sales report that the demo's source sends a month later: what it truly counted, with what such reports have:
/// counts that differ a little from the API's, some that differ more, rows that are late, one recording of somebody
/// else's, a total.
final class DemoStatement {
    private static final BigDecimal RATE = new BigDecimal("0.003417");
    private static final String ELSEWHERE = "QZDEM2600001";

    private final ServedCatalog catalog;
    private final Period period;
    private final List<String> lines = new ArrayList<>();
    private long quantity;
    private BigDecimal payable = BigDecimal.ZERO;

    DemoStatement(ServedCatalog catalog, Period period) {
        this.catalog = catalog;
        this.period = period;
    }

    /// Writes it, in the layout of Spotify's reports to licensors.
    void write(Path file) throws IOException {
        lines.add("Licensor report");
        lines.add("Month\t" + period.label());
        lines.add(String.join(
                "\t",
                "Country",
                "Label",
                "Product",
                "URI",
                "UPC",
                "EAN",
                "ISRC",
                "Track name",
                "Artist name",
                "Composer name",
                "Album name",
                "Quantity",
                "USD Payable"));
        for (long i = 0; i < catalog.recordings(); i++) {
            recording(catalog.recording(i));
        }
        row("DE", ELSEWHERE, "Somebody Else's Song", "Somebody Else", 777);
        lines.add("Total" + "\t".repeat(11) + quantity + "\t" + payable.toPlainString());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    private void recording(Recording recording) {
        Map<String, Long> counts = new TreeMap<>();
        for (Track track : catalog.tracksOf(recording.isrc())) {
            for (LocalDate day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1)) {
                for (StreamCount count : catalog.streams(track.id(), day)) {
                    counts.merge(count.territory(), count.streams(), Long::sum);
                }
            }
        }
        counts.forEach((territory, count) -> {
            int chance = Math.floorMod((recording.isrc().value() + territory).hashCode() * 0x9E3779B1, 1_000);
            boolean late = chance < 15 && !territory.equals(DemoCommand.FAILING);
            if (!late) {
                row(
                        territory,
                        recording.isrc().value(),
                        recording.title(),
                        String.join(", ", recording.artists()),
                        reported(count, chance));
            }
        });
    }

    /// In thousandths: one count in seventy differs by some per cent, one in eight by less than the tolerance.
    private static long reported(long count, int chance) {
        if (chance < 30) {
            return count - count * (30 + chance) / 1_000;
        }
        if (chance < 155) {
            return count + count * 4 / 1_000;
        }
        return count;
    }

    private void row(String territory, String isrc, @Nullable String title, String artists, long count) {
        BigDecimal amount = RATE.multiply(BigDecimal.valueOf(count));
        quantity += count;
        payable = payable.add(amount);
        lines.add(String.join(
                "\t",
                territory,
                "Demo Records",
                "Premium",
                "",
                "",
                "",
                isrc,
                title == null ? "" : title.replace('\t', ' '),
                artists.replace('\t', ' '),
                "",
                "",
                Long.toString(count),
                amount.toPlainString()));
    }
}
