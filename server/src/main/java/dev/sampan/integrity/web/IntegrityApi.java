package dev.sampan.integrity.web;

import dev.sampan.accounts.OperatorToken;
import dev.sampan.database.DatabaseAway;
import dev.sampan.integrity.Integrity;
import dev.sampan.kernel.Json;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// An inspection for `./sampan verify`.
@RestController
final class IntegrityApi {
    private final Integrity integrity;
    private final OperatorToken token;

    IntegrityApi(Integrity integrity, OperatorToken token) {
        this.integrity = integrity;
        this.token = token;
    }

    @PostMapping(path = "/api/integrity", produces = MediaType.APPLICATION_JSON_VALUE)
    String inspect(@RequestHeader(name = "Authorization", defaultValue = "") String who) {
        token.require(who);
        try {
            return Json.write(integrity.inspect());
        } catch (DatabaseAway e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The database is away", e);
        }
    }
}
