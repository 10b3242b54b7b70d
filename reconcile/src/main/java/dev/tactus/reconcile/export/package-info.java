/// Import files for royalty engines: formats that are data, and what has changed since the last export.
@NullMarked
package dev.tactus.reconcile.export;

import org.jspecify.annotations.NullMarked;
