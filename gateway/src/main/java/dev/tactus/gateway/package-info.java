/// The HTTP proxy: enforces limits on those who call, paces those who are called.
/// It may use limits, settings and sqlite.
@NullMarked
package dev.tactus.gateway;

import org.jspecify.annotations.NullMarked;
