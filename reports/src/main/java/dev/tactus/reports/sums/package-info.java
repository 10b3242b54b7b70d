/// What amounts of rows come to, landed, taken off, or rejected: by currency, exact.
@NullMarked
package dev.tactus.reports.sums;

import org.jspecify.annotations.NullMarked;
