/// Files as they were delivered: folders, archives, digests, character encodings.
@NullMarked
package dev.tactus.reports.file;

import org.jspecify.annotations.NullMarked;
