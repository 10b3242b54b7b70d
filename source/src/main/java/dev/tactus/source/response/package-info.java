/// What a source returns: results, tracks, rejections, and the exchange that proves them.
@NullMarked
package dev.tactus.source.response;

import org.jspecify.annotations.NullMarked;
