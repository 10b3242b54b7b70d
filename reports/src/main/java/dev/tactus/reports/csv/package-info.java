/// Delimited text: dialects, rows and cells, cut from bytes.
@NullMarked
package dev.tactus.reports.csv;

import org.jspecify.annotations.NullMarked;
