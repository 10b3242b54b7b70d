/// What was staged for the lake, and which snapshot of which table holds which run.
@NullMarked
package dev.tactus.ledger.publications;

import org.jspecify.annotations.NullMarked;
