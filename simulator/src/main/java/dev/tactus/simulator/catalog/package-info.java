/// The recordings that are served, from a file or computed from a seed, and who hears them.
@NullMarked
package dev.tactus.simulator.catalog;

import org.jspecify.annotations.NullMarked;
