/// A run: its request, what it works with, its progress, its tolerance and its report.
@NullMarked
package dev.tactus.ingest.run;

import org.jspecify.annotations.NullMarked;
