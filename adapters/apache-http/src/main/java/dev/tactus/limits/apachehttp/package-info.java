/// Apache HttpClient 5, paced.
@NullMarked
package dev.tactus.limits.apachehttp;

import org.jspecify.annotations.NullMarked;
