package pantheon.night.grammar.schema;

import pantheon.night.language.text.ByteTable;

/**
 * Values whose whole texts are a regular language: numbers, literals, and the values of an {@code enum}.
 *
 * @param texts the language, over bytes
 */
public record TextShape(ByteTable texts) implements Alternative {
    @Override
    public int shortest() {
        return texts.shortest(texts.start());
    }

    @Override
    public boolean startsWith(int firstByte) {
        return texts.step(texts.start(), firstByte) >= 0;
    }
}
