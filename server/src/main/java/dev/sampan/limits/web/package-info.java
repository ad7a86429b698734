/// Limits, for the command line of the operator.
@NullMarked
package dev.sampan.limits.web;

import org.jspecify.annotations.NullMarked;
