/// Tests of the words by which things are searched.
@NullMarked
package dev.sampan.studio.tracking.query;

import org.jspecify.annotations.NullMarked;
