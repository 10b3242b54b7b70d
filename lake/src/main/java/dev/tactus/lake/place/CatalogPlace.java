package dev.tactus.lake.place;

/// Where the pointers of a lake's tables are kept.
public sealed interface CatalogPlace permits CatalogDatabase, CatalogService {
    /// Whether there is a lake's catalog; nothing is made.
    boolean isMade();
}
