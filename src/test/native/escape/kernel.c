/* What would widen what the kernel lets this process do. */
#include "escape.h"
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static int own(int namespaces) { return unshare(namespaces) == 0 ? 0 : stopped(); }
static int user_namespace(void) { return own(CLONE_NEWUSER); }
static int network_namespace(void) { return own(CLONE_NEWUSER | CLONE_NEWNET); }

static int by_clone(void) {
    pid_t child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        _exit(0);
    return child < 0 ? stopped() : 0;
}

/* Namespaces of a process of the same user, which that user may join. */
static int join_namespace(void) {
    char path[64];
    const char *names[] = {"user", "net"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "/proc/%d/ns/%s", told("resident"), names[i]);
        int namespace = open(path, O_RDONLY);
        if (namespace < 0 || setns(namespace, 0) != 0)
            return stopped();
    }
    return 0;
}

static int mounted(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
    return mount("none", ".", "tmpfs", 0, NULL) == 0 ? 0 : stopped();
}

static int mounted_anew(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
    return syscall(SYS_fsopen, "tmpfs", 0) >= 0 ? 0 : stopped();
}

/* An interface to another network, made in a network namespace of its own where it may. */
static int tunnel(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNET);
    int device = open("/dev/net/tun", O_RDWR);
    struct ifreq interface = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    return device < 0 || ioctl(device, TUNSETIFF, &interface) != 0 ? stopped() : 0;
}

static int vsock_device(void) {
    unsigned id;
    int device = open("/dev/vsock", O_RDONLY);
    return device < 0 || ioctl(device, _IO(7, 0xb9), &id) != 0 ? stopped() : 0;
}

static int key(void) {
    return syscall(SYS_add_key, "user", "escape", "x", 1, -3) < 0 ? stopped() : 0;
}

static int user_fault(void) {
    enum { FROM_USER_MODE_ONLY = 1 };
    return syscall(SYS_userfaultfd, FROM_USER_MODE_ONLY) < 0 ? stopped() : 0;
}

#ifdef __x86_64__
/* The 32-bit call of socket, by the old interrupt; its arguments must lie below 4 GiB. */
static int calls_of_32_bits(void) {
    unsigned *arguments = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (arguments == MAP_FAILED)
        return stopped();
    arguments[0] = AF_INET;
    arguments[1] = SOCK_STREAM;
    arguments[2] = 0;
    int result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(102), "b"(1), "c"((unsigned long)arguments)
                     : "memory", "r8", "r9", "r10", "r11");
    return result < 0 ? -result : 0;
}

/* The x32 call of socket. */
static int calls_of_x32(void) {
    return syscall(0x40000000 | SYS_socket, AF_INET, SOCK_STREAM, 0) < 0 ? stopped() : 0;
}
#else
static int calls_of_32_bits(void) { return ENOSYS; }
static int calls_of_x32(void) { return ENOSYS; }
#endif

const struct vector KERNEL[] = {
    {"user_namespace", "a user namespace", user_namespace},
    {"network_namespace", "a network namespace", network_namespace},
    {"clone_namespace", "a user namespace, by clone", by_clone},
    {"setns", "the namespaces of another process, by setns", join_namespace},
    {"mount", "a mount", mounted},
    {"fsopen", "a mount, by fsopen", mounted_anew},
    {"dev_tun", "`/dev/net/tun`", tunnel},
    {"dev_vsock", "`/dev/vsock`", vsock_device},
    {"keyring", "a key in the session's keyring", key},
    {"userfaultfd", "userfaultfd", user_fault},
    {"calls_32_bit", "a socket by the calls of 32 bits", calls_of_32_bits},
    {"calls_x32", "a socket by the calls of x32", calls_of_x32},
    {0}};
