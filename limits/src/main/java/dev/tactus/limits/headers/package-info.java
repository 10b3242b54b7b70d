/// Reads what an HTTP answer says about limits.
@NullMarked
package dev.tactus.limits.headers;

import org.jspecify.annotations.NullMarked;
