/// Behind metering: the journal's format, its writer and reader, the drainer and the SQL.
@NullMarked
package dev.sampan.metering.internal;

import org.jspecify.annotations.NullMarked;
