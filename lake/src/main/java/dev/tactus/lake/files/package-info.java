/// The lake's files wherever they are kept, and Iceberg's view of them: each is kept for good before anything refers to
/// it.
@NullMarked
package dev.tactus.lake.files;

import org.jspecify.annotations.NullMarked;
