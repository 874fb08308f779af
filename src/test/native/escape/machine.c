/* What would change the machine for everybody, or tell of it. Where only root may, a user namespace makes one root. */
#include "escape.h"
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/personality.h>
#include <sys/syscall.h>

static int result(long outcome) { return outcome < 0 ? stopped() : 0; }

static int other_root(void) {
    unshare(CLONE_NEWUSER);
    return result(chroot("."));
}

static int host_name(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWUTS);
    return result(sethostname("escape", 6));
}

static int domain_name(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWUTS);
    return result(setdomainname("escape", 6));
}

static int kernel_log(void) {
    enum { READ_ALL = 3 };
    char bytes[4096];
    return result(klogctl(READ_ALL, bytes, sizeof bytes));
}

static int other_personality(void) { return result(personality(ADDR_NO_RANDOMIZE)); }

static int handle(void) {
    struct {
        struct file_handle handle;
        unsigned char bytes[128];
    } one = {{.handle_bytes = 128}};
    int mount;
    return result(name_to_handle_at(AT_FDCWD, "/dev/shm", &one.handle, &mount, 0));
}

static int mounts_listed(void) {
    enum { LISTMOUNT = 458 };
    struct {
        unsigned size, spare;
        unsigned long mount, after;
    } all = {24, 0, -1, 0};
    unsigned long ids[16];
    return result(syscall(LISTMOUNT, &all, ids, 16, 0));
}

static int asynchronous_io(void) {
    unsigned long context = 0;
    return result(syscall(SYS_io_setup, 1, &context));
}

static int clock_read(void) {
    struct {
        unsigned modes;
        char rest[512];
    } clock = {0};
    return result(syscall(SYS_adjtimex, &clock));
}

const struct vector MACHINE[] = {
    {"chroot", "another root folder", other_root},
    {"sethostname", "another host name", host_name},
    {"setdomainname", "another domain name", domain_name},
    {"kernel_log", "the kernel's log", kernel_log},
    {"personality", "another personality", other_personality},
    {"file_handle", "a handle of a folder that may not be read", handle},
    {"listmount", "the list of mounts", mounts_listed},
    {"aio", "a context for asynchronous I/O", asynchronous_io},
    {"adjtimex", "the clock's state, by adjtimex", clock_read},
    {0}};
