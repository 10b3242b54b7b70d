/// A report's life in the lake: imported whole or not at all, replaced, voided.
@NullMarked
package dev.tactus.reports.delivery;

import org.jspecify.annotations.NullMarked;
