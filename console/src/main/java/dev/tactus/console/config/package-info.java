/// What tactus.yaml says, checked.
@NullMarked
package dev.tactus.console.config;

import org.jspecify.annotations.NullMarked;
