/* Tries what a tool must not be able to do, one line each: the vector's name and the errno, 0 where it went through.
 * Arguments: a file outside of the workspace that its user may change, and a process to signal. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *vector, long outcome) {
    printf("%s %d\n", vector, outcome < 0 ? errno : 0);
    errno = 0;
}

static void try_socket(const char *vector, int family, int type) {
    int descriptor = socket(family, type, 0);
    tell(vector, descriptor);
    if (descriptor >= 0)
        close(descriptor);
}

int main(int count, char **arguments) {
    if (count != 3)
        return 2;
    const char *outside = arguments[1];
    pid_t other = atoi(arguments[2]);
    char path[4096];

    try_socket("unix", AF_UNIX, SOCK_STREAM);
    try_socket("tcp4", AF_INET, SOCK_STREAM);
    try_socket("udp4", AF_INET, SOCK_DGRAM);
    try_socket("tcp6", AF_INET6, SOCK_STREAM);
    try_socket("netlink", AF_NETLINK, SOCK_RAW);
    int pair[2];
    tell("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));

    tell("read", open(outside, O_RDONLY));
    tell("write", open(outside, O_WRONLY));
    tell("truncate", truncate(outside, 1));
    snprintf(path, sizeof path, "%s.new", outside);
    tell("create", open(path, O_WRONLY | O_CREAT, 0600));
    tell("link", link(outside, "linked"));
    tell("rename", rename(outside, "renamed"));
    rename("renamed", outside);
    snprintf(path, sizeof path, "%s.dir", outside);
    tell("mkdir", mkdir(path, 0700));
    tell("chmod", chmod(outside, 0600));
    tell("unlink", unlink(outside));

    tell("signal", kill(other, 0));
    tell("limits", syscall(SYS_prlimit64, other, RLIMIT_NOFILE, NULL, &(struct rlimit){0}));
    cpu_set_t all;
    sched_getaffinity(0, sizeof all, &all);
    tell("affinity", sched_setaffinity(other, sizeof all, &all));
    int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    tell("shm", segment);
    shmctl(segment, IPC_RMID, NULL);
    tell("mqueue", mq_open("/pantheon-night-test", O_CREAT | O_RDWR, 0600, NULL));
    mq_unlink("/pantheon-night-test");
    tell("inotify", inotify_init1(0));

    tell("own_limits", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &(struct rlimit){0}));
    tell("inside", open("inside", O_WRONLY | O_CREAT, 0600));
    tell("rename_inside", rename("inside", "moved"));
    tell("chmod_inside", chmod("moved", 0700));
    tell("unlink_inside", unlink("moved"));
    snprintf(path, sizeof path, "%s/inside", getenv("TMPDIR"));
    tell("temporary", open(path, O_WRONLY | O_CREAT, 0600));
    tell("system", open("/usr/bin/env", O_RDONLY));
    tell("null", open("/dev/null", O_WRONLY));
    return 0;
}
