/// Endpoints and deliveries on the console.
@NullMarked
package dev.sampan.webhooks.web;

import org.jspecify.annotations.NullMarked;
