/// One DSP, used through its profile: paced, retried, validated and mapped requests. It may use digest, limits, music,
/// settings and http.
@NullMarked
package dev.tactus.source;

import org.jspecify.annotations.NullMarked;
