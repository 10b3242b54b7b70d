/// Pages of HTML: templates, texts, and what stands in them.
@NullMarked
package dev.tactus.serve.pages;

import org.jspecify.annotations.NullMarked;
