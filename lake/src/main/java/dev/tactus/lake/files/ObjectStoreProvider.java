package dev.tactus.lake.files;

import java.util.Map;

/// Opens object stores of a kind; found by [java.util.ServiceLoader] where the add-on that brings it is on the class
/// path.
public interface ObjectStoreProvider {
    /// Whether it knows stores whose addresses begin so, such as `s3`.
    boolean knows(String scheme);

    /// Opens what is below an address.
    ///
    /// @param address such as `s3://bucket/prefix`
    /// @param settings by name
    ObjectStore open(String address, Map<String, String> settings);
}
