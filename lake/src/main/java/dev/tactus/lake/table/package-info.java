/// The lake's tables as others name them: columns, keys, parts of a table, and what a commit or a summary says about
/// one.
@NullMarked
package dev.tactus.lake.table;

import org.jspecify.annotations.NullMarked;
