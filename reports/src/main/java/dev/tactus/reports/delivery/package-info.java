/// A report's life in the lake: imported whole or not at all, replaced, voided, recovered after a kill.
@NullMarked
package dev.tactus.reports.delivery;

import org.jspecify.annotations.NullMarked;
