/// The payload contract: JSON Schemas, unknown fields, and the mapping of payload items to tracks and counts.
@NullMarked
package dev.tactus.source.contract;

import org.jspecify.annotations.NullMarked;
