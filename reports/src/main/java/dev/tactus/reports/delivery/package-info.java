/// A report's life in the lake: imported whole or not at all, replacing another one, voided, recovered after a kill.
@NullMarked
package dev.tactus.reports.delivery;

import org.jspecify.annotations.NullMarked;
