/// OkHttp, paced.
@NullMarked
package dev.tactus.limits.okhttp;

import org.jspecify.annotations.NullMarked;
