/// The JDK's HTTP client, paced.
@NullMarked
package dev.tactus.limits.jdkhttp;

import org.jspecify.annotations.NullMarked;
