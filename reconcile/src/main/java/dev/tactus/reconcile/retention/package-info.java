/// Lets go what was received when it is old enough and no open period needs it, on the record.
@NullMarked
package dev.tactus.reconcile.retention;

import org.jspecify.annotations.NullMarked;
