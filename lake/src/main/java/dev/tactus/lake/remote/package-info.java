/// A catalog at a server that speaks Iceberg's REST protocol, the book beside it, and several changes as one
/// transaction.
@NullMarked
package dev.tactus.lake.remote;

import org.jspecify.annotations.NullMarked;
