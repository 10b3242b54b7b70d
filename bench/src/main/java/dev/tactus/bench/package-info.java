/// Comparisons with other ways to do the same; never on the class path of the product. It may use every room.
@NullMarked
package dev.tactus.bench;

import org.jspecify.annotations.NullMarked;
