package pantheon.night.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import pantheon.night.engine.server.http.Deadline;

class PlacesTest {
    private static final Path SOCKET = Path.of("/run/places-test/s.sock");

    private static int free(Places places) throws InterruptedException {
        int taken = 0;
        while (places.take(Deadline.in(Duration.ZERO))) {
            taken++;
        }
        for (int i = 0; i < taken; i++) {
            places.give();
        }
        return taken;
    }

    @Test
    void two_models_of_one_server_share_its_places() throws Exception {
        try (var one = Places.at(SOCKET, 3, 4);
                var other = Places.at(SOCKET, 2, 4)) {
            assertSame(one, other);
            assertEquals(3, free(one));
            assertTrue(one.take(Deadline.in(Duration.ZERO)));
            assertEquals(2, free(other));
            one.give();
        }
    }

    @Test
    void the_model_that_wants_most_counts() throws Exception {
        try (var one = Places.at(SOCKET, 2, 4);
                var other = Places.at(SOCKET, 5, 4)) {
            assertEquals(5, free(one));
            assertEquals(5, free(other));
        }
    }

    @Test
    void places_end_with_the_last_model_of_a_server() {
        var one = Places.at(SOCKET, 2, 4);
        var other = Places.at(SOCKET, 2, 4);
        one.close();
        try (var third = Places.at(SOCKET, 2, 4)) {
            assertSame(other, third);
        }
        other.close();
        try (var later = Places.at(SOCKET, 2, 4)) {
            assertNotSame(one, later);
        }
    }

    @Test
    void while_requests_wait_there_is_one_place_fewer_each_time_down_to_one() throws Exception {
        try (var places = Places.at(SOCKET, 3, 0)) {
            for (int i = 0; i < 3; i++) {
                assertTrue(places.take(Deadline.in(Duration.ZERO)));
            }
            for (int i = 0; i < 5; i++) {
                places.heed(true);
            }
            places.give();
            places.give();
            assertFalse(places.take(Deadline.in(Duration.ZERO)), "two of three are held back");
            places.give();
            assertEquals(1, free(places));
            places.heed(false);
            assertEquals(2, free(places));
            places.heed(false);
            places.heed(false);
            assertEquals(3, free(places));
        }
    }
}
