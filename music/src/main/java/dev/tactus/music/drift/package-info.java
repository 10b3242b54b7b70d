/// What a service says about a recording that is not what the catalog, or the service itself, said before.
@NullMarked
package dev.tactus.music.drift;

import org.jspecify.annotations.NullMarked;
