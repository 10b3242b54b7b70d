package dev.tactus.lake.table;

/// Where readers that know a table by its folder are led.
public enum HintState {
    /// to what the catalog names
    HERE,
    /// to what it named before, or nowhere: a kill came between
    BEFORE,
    /// to something else
    ASTRAY
}
