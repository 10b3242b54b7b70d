/// From a payable cell back to the answers and the lines of statements that it is made of.
@NullMarked
package dev.tactus.reconcile.explain;

import org.jspecify.annotations.NullMarked;
