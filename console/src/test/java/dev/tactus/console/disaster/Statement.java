package dev.tactus.console.disaster;

import java.util.List;

/// A statement of one month with two rows, whose quantities tell which it is.
///
/// @param number from 1 to 12, of its month
record Statement(int number) {
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    static List<Long> quantities(int number) {
        return List.of(number * 1_000L + 1, number * 1_000L + 2);
    }

    static int of(long quantity) {
        return Math.clamp(quantity / 1_000, -1, 1_000_000);
    }

    String csv() {
        StringBuilder csv = new StringBuilder(HEAD);
        for (long quantity : quantities(number)) {
            csv.append(String.format(
                    "2025-02-15,2024-%02d,Spotify,Ada,Title,%s,,%d,100,Song,US,0,%d.5%n",
                    number, ScriptedSource.isrc((int) (quantity % 2)), quantity, quantity));
        }
        return csv.toString().replace("\r", "");
    }
}
