/// SHA-256 digests of texts, files and streams.
@NullMarked
package dev.tactus.digest;

import org.jspecify.annotations.NullMarked;
