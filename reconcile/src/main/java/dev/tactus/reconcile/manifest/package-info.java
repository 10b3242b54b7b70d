/// The manifests of closes, the chain that they form, and the proof that nothing in it was changed.
@NullMarked
package dev.tactus.reconcile.manifest;

import org.jspecify.annotations.NullMarked;
