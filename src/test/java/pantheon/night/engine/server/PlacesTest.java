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

    private static void take(Places places, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            assertTrue(places.take(Deadline.in(Duration.ZERO)));
        }
    }

    @Test
    void slots_that_others_have_are_left_to_them_but_for_one_place() throws Exception {
        try (var places = Places.at(SOCKET, 4, 4)) {
            take(places, 2);
            places.watch();
            places.share(3); // one is ours: the other one has its answer
            places.give();
            places.give();
            assertEquals(2, free(places));
            places.watch();
            places.share(4);
            assertEquals(1, free(places));
            places.watch();
            places.share(0);
            assertEquals(4, free(places));
        }
    }

    @Test
    void slots_that_are_not_asked_for_here_are_left_to_others_first() throws Exception {
        try (var places = Places.at(SOCKET, 2, 4)) {
            take(places, 1);
            places.watch();
            places.share(2);
            places.give();
            assertEquals(2, free(places));
        }
    }

    @Test
    void a_request_that_began_or_ended_while_the_server_was_asked_is_not_taken_for_anothers() throws Exception {
        try (var places = Places.at(SOCKET, 4, 4)) {
            take(places, 4);
            places.watch();
            places.give();
            places.give();
            places.share(3);
            places.give();
            places.give();
            assertEquals(4, free(places));
            take(places, 1);
            places.watch();
            take(places, 2);
            places.share(2);
            for (int i = 0; i < 3; i++) {
                places.give();
            }
            assertEquals(4, free(places));
        }
    }

    @Test
    void no_slot_is_asked_for_by_its_number_while_others_use_the_server() {
        try (var places = Places.at(SOCKET, 4, 4)) {
            int slot = places.slots().take("docs");
            assertEquals(slot, places.slots().asked(slot));
            places.watch();
            places.share(1);
            assertEquals(Slots.ANY, places.slots().asked(slot));
            places.watch();
            places.share(0);
            assertEquals(slot, places.slots().asked(slot));
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
