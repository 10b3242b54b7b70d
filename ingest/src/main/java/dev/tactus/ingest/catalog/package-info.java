/// The label's catalog file (RFC 4180) and what is rejected or merged of it.
@NullMarked
package dev.tactus.ingest.catalog;

import org.jspecify.annotations.NullMarked;
