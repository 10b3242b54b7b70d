/// YAML that people write, read with the line of every key.
/// It may use the JDK and a YAML parser.
@NullMarked
package dev.tactus.settings;

import org.jspecify.annotations.NullMarked;
