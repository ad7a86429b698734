/// Suppliers on the console, and for the operator's command line.
@NullMarked
package dev.sampan.gateway.web;

import org.jspecify.annotations.NullMarked;
