/// What one run makes visible: audited against its account, then committed in one moment, exactly once.
@NullMarked
package dev.tactus.lake.publication;

import org.jspecify.annotations.NullMarked;
