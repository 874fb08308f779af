package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IdPlacesTest {
    @Test
    void an_id_keeps_its_first_place_however_many_follow() {
        var places = new IdPlaces();
        for (int i = 1; i <= 20_000; i++) {
            assertEquals(0, places.putIfAbsent(IdPlaces.Key.of("task-" + i), i));
        }
        for (int i = 1; i <= 20_000; i++) {
            assertEquals(i, places.putIfAbsent(IdPlaces.Key.of("task-" + i), 1));
        }
    }

    @Test
    void ids_that_share_half_of_their_hash_are_two() {
        var places = new IdPlaces();
        assertEquals(0, places.putIfAbsent(new IdPlaces.Key(1, 2), 1));
        assertEquals(0, places.putIfAbsent(new IdPlaces.Key(1, 3), 2));
        assertEquals(0, places.putIfAbsent(new IdPlaces.Key(0, 0), 3));
        assertEquals(2, places.putIfAbsent(new IdPlaces.Key(1, 3), 4));
        assertEquals(3, places.putIfAbsent(new IdPlaces.Key(0, 0), 4));
    }
}
