/// SQLite files and PostgreSQL schemas with versions: one that writes, some that read, a lock for the process, and
/// failures that say what to do.
@NullMarked
package dev.tactus.database;

import org.jspecify.annotations.NullMarked;
