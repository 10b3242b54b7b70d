package dev.tactus.ingest.catalog;

import java.nio.file.Path;
import java.util.Optional;

/// The result of reading a catalog file.
///
/// @param sha256 of the file's bytes, in lower-case hex: the catalog's version
/// @param rows of the file, without its header and blank lines
/// @param recordings usable, each once
/// @param rejected rows that name no usable recording
/// @param warnings about fields that were left out of a row that was kept
/// @param merged rows of a recording that another row had named before
/// @param rejects the file that lists them, if there are any
public record CatalogSummary(
        Path file,
        String sha256,
        long rows,
        long recordings,
        long rejected,
        long warnings,
        long merged,
        Optional<Path> rejects) {}
