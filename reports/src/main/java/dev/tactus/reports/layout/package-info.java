/// What a kind of report looks like: layouts, how they are read, detected and proposed.
@NullMarked
package dev.tactus.reports.layout;

import org.jspecify.annotations.NullMarked;
