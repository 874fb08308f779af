/* What would have another process do it, or give up what it knows. Targets: a process of the same user that holds a
 * secret in its environment and a connection as descriptor 7, and one in namespaces of its own. */
#include "escape.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

static int victim(void) { return told("victim"); }

static int trace(void) {
    if (ptrace(PTRACE_SEIZE, victim(), NULL, NULL) != 0)
        return stopped();
    ptrace(PTRACE_INTERRUPT, victim(), NULL, NULL);
    waitpid(victim(), NULL, __WALL);
    return ptrace(PTRACE_DETACH, victim(), NULL, NULL) == 0 ? 0 : stopped();
}

/* An address that nobody has: where it may look at all, the kernel says EFAULT. */
static int read_memory(void) {
    char bytes[8];
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)8, sizeof bytes};
    return process_vm_readv(victim(), &here, 1, &there, 1, 0) < 0 && errno != EFAULT ? stopped() : 0;
}

static int write_memory(void) {
    char bytes[8] = {0};
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)8, sizeof bytes};
    return process_vm_writev(victim(), &here, 1, &there, 1, 0) < 0 && errno != EFAULT ? stopped() : 0;
}

static int steal_descriptor(void) {
    int process = syscall(SYS_pidfd_open, victim(), 0);
    int stolen = process < 0 ? -1 : syscall(SYS_pidfd_getfd, process, 7, 0);
    return stolen < 0 ? stopped() : ask(stolen);
}

static int send_signal(void) { return kill(victim(), SIGURG) == 0 ? 0 : stopped(); }

static int look(const char *format, int pid, int flags, const char *expected) {
    char path[64], bytes[8192] = {0};
    snprintf(path, sizeof path, format, pid);
    int descriptor = open(path, flags);
    if (descriptor < 0)
        return stopped();
    ssize_t length = read(descriptor, bytes, sizeof bytes);
    if (length < 0)
        return stopped();
    return memmem(bytes, length, expected, strlen(expected)) != NULL ? 0 : ENODATA;
}

static int environment(void) { return look("/proc/%d/environ", victim(), O_RDONLY, "ESCAPE_SECRET="); }
static int command_line(void) { return look("/proc/%d/cmdline", victim(), O_RDONLY, "sleep"); }
static int root_of_other(void) { return look("/proc/%d/root/etc/passwd", victim(), O_RDONLY, "root:"); }

static int memory_of_other(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", victim());
    return open(path, O_RDWR) < 0 ? stopped() : 0;
}

/* Writes where its own memory is read-only: the kernel lets this file do it. */
static int own_memory(void) {
    static const volatile char CONSTANT[] = "constant";
    int descriptor = open("/proc/self/mem", O_RDWR);
    if (descriptor < 0)
        return stopped();
    return pwrite(descriptor, "C", 1, (off_t)(unsigned long)CONSTANT) == 1 && CONSTANT[0] == 'C' ? 0 : stopped();
}

static int own_root(void) {
    char path[4096] = "/proc/self/root", bytes[8];
    if (getcwd(path + strlen(path), sizeof path - 64) == NULL)
        return stopped();
    strcat(path, "/../home/secret");
    int descriptor = open(path, O_RDONLY);
    return descriptor < 0 || read(descriptor, bytes, sizeof bytes) < 0 ? stopped() : 0;
}

static int set_user_id(void) {
    pid_t child = fork();
    if (child == 0) {
        execl("/usr/lib/escape/helper", "helper", "helper", NULL);
        _exit(stopped());
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
}

static int limits_of_other(void) {
    unsigned long limit[2];
    if (syscall(SYS_prlimit64, victim(), 7, NULL, limit) != 0)
        return stopped();
    return syscall(SYS_prlimit64, victim(), 7, limit, NULL) == 0 ? 0 : stopped();
}

const struct vector PROCESSES[] = {
    {"ptrace", "ptrace", trace},
    {"process_vm_readv", "process_vm_readv", read_memory},
    {"process_vm_writev", "process_vm_writev", write_memory},
    {"pidfd_getfd", "pidfd_getfd of a connection", steal_descriptor},
    {"signal", "a signal to another process", send_signal},
    {"limits_of_other", "the limits of another process", limits_of_other},
    {"proc_environ", "another process's `environ`", environment},
    {"proc_cmdline", "another process's `cmdline`", command_line},
    {"proc_root", "another process's `root`", root_of_other},
    {"proc_mem", "another process's `mem`", memory_of_other},
    {"proc_self_mem", "`/proc/self/mem`, over read-only memory", own_memory},
    {"proc_self_root", "`/proc/self/root`, to a secret", own_root},
    {"setuid", "a set-user-id helper", set_user_id},
    {0}};
