/// Pages of accounts: sign-in, one's own password, customers, and keys from their making to the first call.
@NullMarked
package dev.sampan.accounts.web;

import org.jspecify.annotations.NullMarked;
