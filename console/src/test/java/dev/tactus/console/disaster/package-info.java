/// A simulator of disasters: the whole pipeline in one process, on a disk, a clock and a service that fail by a seed.
@NullMarked
package dev.tactus.console.disaster;

import org.jspecify.annotations.NullMarked;
