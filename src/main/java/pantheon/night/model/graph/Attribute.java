package pantheon.night.model.graph;

/** What a node is told beside its inputs. */
public sealed interface Attribute {
    String name();

    record Whole(String name, long value) implements Attribute {}

    record Real(String name, float value) implements Attribute {}

    static Attribute of(String name, long value) {
        return new Whole(name, value);
    }

    static Attribute of(String name, float value) {
        return new Real(name, value);
    }

    /** As {@code AttributeProto}. */
    private ProtoMessage message() {
        var message = new ProtoMessage().text(1, name());
        return switch (this) {
            case Whole whole -> message.whole(3, whole.value()).whole(20, 2);
            case Real real -> message.real(2, real.value()).whole(20, 1);
        };
    }

    /** The field {@code attribute} of a node. */
    static void write(Attribute attribute, ProtoMessage node) {
        node.message(5, attribute.message());
    }
}
