package pantheon.night.workspace.branch;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

/**
 * A commit to be made of what a task changed.
 *
 * @param time of author and committer, in whole seconds, written as UTC
 * @param message subject and body, without the trailers
 * @param trailers what the commit can be found by later; at least one
 */
public record CommitRequest(
        Diff diff,
        NightBranch branch,
        Identity author,
        Identity committer,
        Instant time,
        String message,
        List<Trailer> trailers) {
    public CommitRequest {
        trailers = List.copyOf(trailers);
        if (message.isBlank() || message.indexOf('\0') >= 0 || message.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a commit's message is text with line feeds, got: " + message);
        }
        if (trailers.isEmpty()) {
            throw new IllegalArgumentException("a commit of a night has at least one trailer");
        }
    }

    /** The message as it is committed. The trailers are a paragraph of their own, which no message can add to. */
    String fullMessage() {
        var paragraph = trailers.stream().map(Trailer::toString).collect(Collectors.joining("\n"));
        return "%s\n\n%s\n".formatted(message.strip(), paragraph);
    }
}
