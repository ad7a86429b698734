/// Inspections on the console, and for the operator's command line.
@NullMarked
package dev.sampan.integrity.web;

import org.jspecify.annotations.NullMarked;
