/// Spring's RestClient, paced; and quotas enforced by a servlet filter.
@NullMarked
package dev.tactus.limits.spring;

import org.jspecify.annotations.NullMarked;
