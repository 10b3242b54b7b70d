/// How the columns of a particular file are written, told by all of their cells.
@NullMarked
package dev.tactus.reports.convention;

import org.jspecify.annotations.NullMarked;
