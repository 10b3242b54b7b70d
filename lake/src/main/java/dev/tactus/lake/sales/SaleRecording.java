package dev.tactus.lake.sales;

import org.jspecify.annotations.Nullable;

/// What was sold or used, as a report names it; made once, named by each row about it.
///
/// Immutable but for its place in the chunk it was last used in, so it serves one [SalesWriter] at a time.
public final class SaleRecording {
    final @Nullable String isrc;
    final @Nullable String upc;
    final @Nullable String title;
    final @Nullable String artist;
    final @Nullable String usageKey;
    final @Nullable String label;
    final @Nullable String catalogueNumber;

    @Nullable
    SalesChunk chunk;

    int number;

    /// @param usageKey what such usage has in common where there is no ISRC
    public SaleRecording(
            @Nullable String isrc,
            @Nullable String upc,
            @Nullable String title,
            @Nullable String artist,
            @Nullable String usageKey,
            @Nullable String label,
            @Nullable String catalogueNumber) {
        this.isrc = isrc;
        this.upc = upc;
        this.title = title;
        this.artist = artist;
        this.usageKey = usageKey;
        this.label = label;
        this.catalogueNumber = catalogueNumber;
    }

    /// One of which neither label nor catalogue number is known.
    public SaleRecording(
            @Nullable String isrc,
            @Nullable String upc,
            @Nullable String title,
            @Nullable String artist,
            @Nullable String usageKey) {
        this(isrc, upc, title, artist, usageKey, null, null);
    }

    /// Roughly what it takes in memory.
    long bytes() {
        return 120L
                + length(isrc)
                + length(upc)
                + length(title)
                + length(artist)
                + length(usageKey)
                + length(label)
                + length(catalogueNumber);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
