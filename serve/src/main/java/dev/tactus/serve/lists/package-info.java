/// Lists that commands answer, filtered, sorted, paged and written as CSV.
@NullMarked
package dev.tactus.serve.lists;

import org.jspecify.annotations.NullMarked;
