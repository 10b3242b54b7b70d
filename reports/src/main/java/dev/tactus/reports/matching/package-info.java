/// Usage without a recording: the queue of it, its sheet, and what people decide about it.
@NullMarked
package dev.tactus.reports.matching;

import org.jspecify.annotations.NullMarked;
