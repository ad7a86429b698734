package dev.sampan.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTests {
    private final Limits limits = new Limits(3, 2, 1000);

    @Test
    void bodiesOfAllCallsShareOneRoom() {
        assertThat(limits.takeBody(600)).isTrue();
        assertThat(limits.takeBody(500)).isFalse();
        assertThat(limits.takeBody(400)).isTrue();
        limits.freeBody(600);
        assertThat(limits.takeBody(500)).isTrue();
        assertThatThrownBy(() -> limits.freeBody(901)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneCustomerLeavesRoomForAnother() {
        TenantId greedy = new TenantId(Ulid.next());
        assertThat(limits.enter(greedy)).isNull();
        assertThat(limits.enter(greedy)).isNull();
        assertThat(limits.enter(greedy)).isNotNull();
        assertThat(limits.enter(new TenantId(Ulid.next()))).isNull();
        limits.leave(greedy);
        assertThat(limits.running()).isEqualTo(2);
    }

    @Test
    void whatFindsNoRoomIsToldToComeBackAndWhatHasEndedMakesRoom() {
        OpenDoor.Behind behind = new OpenDoor.Behind(new FakeKeys(), new FakeModels(), new FakePurse(), List.of());
        try (OpenDoor door = new OpenDoor(behind, new GatewayProperties("127.0.0.1", 0, 1, 2, 2, 5, 4, 2000));
                DoorClient client = new DoorClient(door.address())) {
            String small = "{\"inputs\":[\"" + "a".repeat(1500) + "\"]}";
            for (int i = 0; i < 3; i++) {
                assertThat(client.post(small).statusCode()).isEqualTo(200);
            }
            String large = "{\"inputs\":[\"" + "a".repeat(2500) + "\"]}";
            DoorClient.assertError(client.post(large), 503, "overloaded");
            assertThat(client.post(small).statusCode()).isEqualTo(200);
        }
    }
}
