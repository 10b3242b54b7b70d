/// The files of a lake in S3, by Amazon's own client. It may use lake.
@NullMarked
package dev.tactus.s3;

import org.jspecify.annotations.NullMarked;
