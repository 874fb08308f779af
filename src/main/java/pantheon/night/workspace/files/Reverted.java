package pantheon.night.workspace.files;

import org.jspecify.annotations.Nullable;

/**
 * A task's checkout as it was before the task, for a while. What else was written there stays, such as what a build made.
 *
 * @param changes what the task left; the same stands there again at the end
 */
public record Reverted(TaskFiles checkout, TaskFiles.Changes changes) {
    /** What is done in the meantime. */
    @FunctionalInterface
    public interface Work<T> {
        T done() throws PathRefused;
    }

    /** Takes the changes back, has something done, and puts them there again. */
    public <T> T during(Work<T> work) throws PathRefused {
        try {
            for (var path : changes.paths()) {
                put(path, changes.original(path));
            }
            return work.done();
        } finally {
            for (var path : changes.paths()) {
                put(path, left(path));
            }
        }
    }

    private byte @Nullable [] left(String path) {
        try {
            return changes.content(path);
        } catch (PathRefused e) {
            return null; // the task deleted it
        }
    }

    private void put(String path, byte @Nullable [] content) throws PathRefused {
        if (content != null) {
            checkout.files().write(path, content);
        } else if (checkout.files().exists(path)) {
            checkout.files().delete(path);
        }
    }
}
