package pantheon.night;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Why reading or writing failed, in words. The exceptions of {@code java.nio.file} say it by their class, and have
 * nothing but the path for a message.
 */
public final class IoReason {
    private IoReason() {}

    /**
     * The reason of a failure.
     *
     * @param told the path that the message names anyway; another one is added to the reason
     */
    public static String of(Exception e, Path told) {
        return switch (e) {
            case UncheckedIOException wrapper -> of(Objects.requireNonNull(wrapper.getCause()), told);
            case FileSystemException failure -> {
                var file = failure.getFile();
                yield file == null || file.equals(told.toString())
                        ? words(failure)
                        : words(failure) + " (" + file + ")";
            }
            case FileNotFoundException failure -> { // of java.io: "PATH (reason)"
                var message = String.valueOf(failure.getMessage());
                var path = told + " (";
                yield message.startsWith(path) && message.endsWith(")")
                        ? message.substring(path.length(), message.length() - 1)
                        : message;
            }
            default -> Objects.requireNonNullElseGet(e.getMessage(), e::toString);
        };
    }

    private static String words(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException there ->
                isNoFolder(there) ? "it exists already, and is no folder" : "it exists already";
            case NotDirectoryException file -> "it is not a folder";
            case DirectoryNotEmptyException full -> "the folder is not empty";
            default -> Objects.requireNonNullElseGet(failure.getReason(), failure::toString);
        };
    }

    /** Whether what is there is no folder and no file either, but a named pipe, a socket or a device. */
    private static boolean isNoFolder(FileAlreadyExistsException there) {
        try {
            return Files.readAttributes(Path.of(there.getFile()), BasicFileAttributes.class)
                    .isOther();
        } catch (IOException e) {
            return false;
        }
    }
}
