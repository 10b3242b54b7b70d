/// Rows turned into sales or rejects, and what a report's rows add up to.
@NullMarked
package dev.tactus.reports.rows;

import org.jspecify.annotations.NullMarked;
