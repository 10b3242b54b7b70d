/// The rows of one sales report on their way into data files, and out of them.
@NullMarked
package dev.tactus.lake.sales;

import org.jspecify.annotations.NullMarked;
