/// Talking to a DSP: profile, token, paced and retried call, payload contract, mapping.
/// It may use digest, limits, music and settings.
@NullMarked
package dev.tactus.source;

import org.jspecify.annotations.NullMarked;
