@NullMarked
package dev.tactus.ingest;

import org.jspecify.annotations.NullMarked;
