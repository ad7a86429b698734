/// Pages of catalog: the shelf, and one model with all that is known of it.
@NullMarked
package dev.sampan.catalog.web;

import org.jspecify.annotations.NullMarked;
