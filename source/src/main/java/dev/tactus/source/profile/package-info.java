/// Source profiles (YAML) and an operator's settings for a source.
@NullMarked
package dev.tactus.source.profile;

import org.jspecify.annotations.NullMarked;
