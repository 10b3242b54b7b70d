/// Which sender owes which month by when, what of a period's statements is missing or conflicts, and what they pay a
/// unit.
@NullMarked
package dev.tactus.reconcile.statements;

import org.jspecify.annotations.NullMarked;
