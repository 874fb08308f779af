/* What would change a file that may only be read, or leave something on one that no diff shows. Targets: a file of the
 * user's beside the workspace, and one that a tool is given to read. */
#include "escape.h"
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

#define SECRET "../home/secret"
#define READABLE "../readable/file"

enum { FCHMODAT2 = 452, SETXATTRAT = 463, MODE = 0600 };

static int result(long outcome) { return outcome < 0 ? stopped() : 0; }
static int readable(void) { return open(READABLE, O_RDONLY); }
static const struct timespec THEN[2] = {{1, 0}, {2, 0}};

static int by_descriptor(void) { return result(fchmod(readable(), MODE)); }
static int by_place(void) { return result(syscall(FCHMODAT2, open(READABLE, O_PATH), "", MODE, AT_EMPTY_PATH)); }
static int at_path(void) { return result(syscall(SYS_fchmodat, AT_FDCWD, SECRET, MODE)); }
static int owner(void) { return result(chown(SECRET, getuid(), getgid())); }
static int owner_of_link(void) { return result(lchown(SECRET, getuid(), getgid())); }
static int owner_by_descriptor(void) { return result(fchown(readable(), getuid(), getgid())); }
static int times(void) { return result(utimensat(AT_FDCWD, SECRET, THEN, 0)); }
static int times_by_descriptor(void) { return result(futimens(readable(), THEN)); }
static int attribute(void) { return result(setxattr(SECRET, "user.escape", "1", 1, 0)); }
static int attribute_by_descriptor(void) { return result(fsetxattr(readable(), "user.escape", "1", 1, 0)); }

static int attributes_read(void) {
    char names[256];
    return result(listxattr(SECRET, names, sizeof names));
}

static int attribute_removed(void) {
    int descriptor = readable();
    fsetxattr(descriptor, "user.escape", "1", 1, 0);
    return result(fremovexattr(descriptor, "user.escape"));
}

static int attribute_at(void) {
    struct {
        unsigned long value;
        unsigned size, flags;
    } one = {(unsigned long)"1", 1, 0};
    return result(syscall(SETXATTRAT, AT_FDCWD, READABLE, 0, "user.escape", &one, sizeof one));
}

static int flags(void) {
    long flags = 0;
    int descriptor = readable();
    if (ioctl(descriptor, FS_IOC_GETFLAGS, &flags) != 0)
        return stopped();
    flags ^= FS_NODUMP_FL;
    return result(ioctl(descriptor, FS_IOC_SETFLAGS, &flags));
}

/* That it outlives the one who set it is what matters here, in the workspace too. */
static int attribute_left(void) { return result(setxattr(".", "user.escape", "1", 1, 0)); }

static int list_left(void) {
    static const struct {
        unsigned version;
        struct {
            unsigned short tag, permissions;
            unsigned id;
        } entries[3];
    } ALL = {2, {{1, 7, -1}, {4, 7, -1}, {32, 7, -1}}};
    mkdir("listed", 0700);
    return result(setxattr("listed", "system.posix_acl_default", &ALL, sizeof ALL, 0));
}

static int lent(int created) { return created < 0 ? stopped() : close(created); }

static int user_lent(void) {
    int failed = lent(open("lending", O_WRONLY | O_CREAT, 0755));
    return failed != 0 ? failed : result(chmod("lending", 04755));
}

static int user_lent_at_once(void) {
    struct stat made;
    unlink("lent");
    int failed = lent(open("lent", O_WRONLY | O_CREAT | O_EXCL, 04755));
    return failed != 0 ? failed : stat("lent", &made) == 0 && (made.st_mode & S_ISUID) != 0 ? 0 : EPERM;
}

static int group_lent(void) {
    rmdir("lending-group");
    return mkdir("lending-group", 0755) == 0 ? result(chmod("lending-group", 02755)) : stopped();
}

const struct vector METADATA[] = {
    {"fchmod", "the mode of a readable file, by its descriptor", by_descriptor},
    {"fchmodat2", "the mode of a readable file, by fchmodat2", by_place},
    {"fchmodat", "a file of the user's, its mode changed by fchmodat", at_path},
    {"chown", "a file of the user's, its owner set", owner},
    {"lchown", "a file of the user's, its owner set by lchown", owner_of_link},
    {"fchown", "the owner of a readable file, by its descriptor", owner_by_descriptor},
    {"utimensat", "a file of the user's, its times changed", times},
    {"futimens", "the times of a readable file, by its descriptor", times_by_descriptor},
    {"setxattr", "a file of the user's, an attribute set", attribute},
    {"fsetxattr", "an attribute of a readable file, by its descriptor", attribute_by_descriptor},
    {"fremovexattr", "an attribute of a readable file, removed", attribute_removed},
    {"setxattrat", "an attribute of a readable file, by setxattrat", attribute_at},
    {"attributes_read", "attributes of a file of the user's, read", attributes_read},
    {"setflags", "a flag of a readable file, by ioctl", flags},
    {"attribute_left", "an attribute that stays on the workspace", attribute_left},
    {"access_list_left", "a default access list that stays in the workspace", list_left},
    {"user_lent", "a set-user-id bit", user_lent},
    {"user_lent_at_once", "a file made with a set-user-id bit", user_lent_at_once},
    {"group_lent", "a set-group-id bit on a folder", group_lent},
    {0}};
