/// What holds of every paced client, as tests to inherit.
@NullMarked
package dev.tactus.limits.adapters;

import org.jspecify.annotations.NullMarked;
