/// Behind the door: the steps of a call, limits, errors, HTTP.
@NullMarked
package dev.sampan.gateway.internal;

import org.jspecify.annotations.NullMarked;
