package pantheon.night.prompt;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;

/**
 * How a family of models writes conversations: nothing else in the program knows a byte of its template.
 *
 * <p>A prompt is an opening, an input, and then turn by turn an answer and what follows it, each put behind the other.
 * What the format is given is ready for the prompt: control tokens stand only where the format has them.
 */
public interface ChatFormat {
    /** By which configuration may ask for it. */
    String name();

    /** What an agent's prompts have in common: the system's text and the tools. A task's own text comes after it. */
    String opening(String system, List<ToolCard> tools);

    /** The task's input, up to where the first answer begins. */
    String input(String input);

    /** An answer as it was generated, with the end of its turn. */
    String answer(String generated);

    /** The results of an answer's calls, one each, up to where the next answer begins. */
    String results(List<String> results);

    /** What a reply that broke the contract is told, up to where the next answer begins. */
    String correction(String text);

    /** How a call is written; a grammar spells the same. */
    CallForm call();

    /** An answer of calls and nothing else. */
    String calls(List<ParsedCall> calls, ControlText control);

    /**
     * The calls of a complete reply, one or more.
     *
     * @param types of the tools' arguments, which tell values apart that are written alike
     * @throws MalformedReply where it is anything else; nothing is repaired
     */
    List<ParsedCall> parse(String reply, ArgumentTypes types) throws MalformedReply;

    /** The same where no tool is known. */
    default List<ParsedCall> parse(String reply) throws MalformedReply {
        return parse(reply, ArgumentTypes.NONE);
    }

    /**
     * A Jinja template that writes the same bytes for who trains or serves a model: of {@code messages} and {@code tools}
     * with arguments as objects or as JSON text.
     */
    String template();

    /**
     * Takes written conversations apart again.
     *
     * @param types says of which types the arguments of the tools can be that a conversation shows
     */
    DialogueReader reader(Function<List<ToolCard>, ArgumentTypes> types);

    /** The same for conversations whose values are written so that nobody has to know their types. */
    default DialogueReader reader() {
        return reader(tools -> ArgumentTypes.NONE);
    }

    /** The texts of control tokens that end an answer, the usual one first. */
    List<String> stops();

    /** The texts that the format itself uses as control tokens, those of {@link #stops} among them. */
    List<String> controlTexts();

    /**
     * What writes foreign text for a model of this format.
     *
     * @param ofModel the texts of the model's control tokens; the format's own are always added
     */
    default ControlText control(List<String> ofModel) {
        return new ControlText(
                Stream.concat(ofModel.stream(), controlTexts().stream()).toList());
    }

    /** Identifies prompt, tools and format: SHA-256, in hex, over the bytes of the opening. */
    default String hash(String system, List<ToolCard> tools) {
        return Sha256.hex(opening(system, tools));
    }
}
