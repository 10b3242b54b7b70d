/// Iceberg's view of the local disk: each file is forced to disk before anything refers to it.
@NullMarked
package dev.tactus.lake.files;

import org.jspecify.annotations.NullMarked;
