/* Tries to reach what is somebody else's, one line for each way: its name, then the ids that answered, or the errno.
 *   reach signals OWN-PROCESS-RANGE PROCESS THREAD...   signal 0 to ids near its own and to those of a process
 *   reach ipc SEGMENT SEMAPHORES QUEUE                  System V objects by their ids
 *   reach metadata FILE                                 modes, owners, times, attributes by path and by descriptor
 *   reach attributes FILE                               reads of attributes, by path and by descriptor
 *   reach pair NAME                                     what two ends of a socket pair do, and an abstract NAME
 *   reach asynchronous PROCESS                          whether signals by descriptors can be ordered for a process */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

static void tell(const char *way, long outcome) {
    printf("%s %d\n", way, outcome < 0 ? errno : 0);
    errno = 0;
}

static int by_kill(int process, int thread) { return thread == process ? kill(process, 0) : kill(thread, 0); }
static int by_group(int process, int thread) { return kill(-thread, 0); }
static int by_tkill(int process, int thread) { return syscall(SYS_tkill, thread, 0); }
static int by_tgkill(int process, int thread) { return syscall(SYS_tgkill, process, thread, 0); }

static int by_queue(int process, int thread) {
    siginfo_t info = {.si_code = SI_QUEUE};
    return syscall(SYS_rt_sigqueueinfo, thread, 0, &info);
}

static int by_thread_queue(int process, int thread) {
    siginfo_t info = {.si_code = SI_QUEUE};
    return syscall(SYS_rt_tgsigqueueinfo, process, thread, 0, &info);
}

static int by_pidfd(int process, int thread) {
    int descriptor = syscall(SYS_pidfd_open, thread, 0);
    if (descriptor < 0)
        return -1;
    int sent = syscall(SYS_pidfd_send_signal, descriptor, 0, NULL, 0);
    close(descriptor);
    return sent;
}

static const struct {
    const char *name;
    int (*send)(int process, int thread);
} WAYS[] = {{"kill", by_kill},   {"group", by_group},  {"tkill", by_tkill},
            {"tgkill", by_tgkill}, {"queue", by_queue}, {"thread_queue", by_thread_queue},
            {"pidfd", by_pidfd}};

static int signals(int range, int process, int count, char **threads) {
    for (unsigned way = 0; way < sizeof WAYS / sizeof *WAYS; way++) {
        printf("%s", WAYS[way].name);
        for (int i = 0; i < count; i++)
            if (WAYS[way].send(process, atoi(threads[i])) == 0)
                printf(" %s", threads[i]);
        for (int id = getpid() - range; id <= getpid() + range; id++)
            if (id > 1 && WAYS[way].send(id, id) == 0)
                printf(" %d", id);
        printf("\n");
    }
    printf("self %d\n", getpid());
    return 0;
}

static int ipc(int segment, int semaphores, int queue) {
    char *memory = shmat(segment, NULL, 0);
    tell("shmat", memory == (char *)-1 ? -1 : 0);
    if (memory != (char *)-1)
        strcpy(memory, "changed");
    tell("shmdt", memory == (char *)-1 ? syscall(SYS_shmdt, 0) : shmdt(memory));
    struct shmid_ds about;
    tell("shmctl", shmctl(segment, IPC_STAT, &about));
    struct shminfo all;
    tell("shmctl_list", shmctl(0, IPC_INFO, (struct shmid_ds *)&all));
    struct sembuf add = {0, 1, IPC_NOWAIT};
    tell("semop", semop(semaphores, &add, 1));
    struct timespec none = {0, 0};
    tell("semtimedop", semtimedop(semaphores, &add, 1, &none));
    tell("semctl", semctl(semaphores, 0, SETVAL, 7));
    struct {
        long type;
        char text[16];
    } message = {1, "stranger"};
    tell("msgrcv", msgrcv(queue, &message, sizeof message.text, 0, IPC_NOWAIT));
    tell("msgsnd", msgsnd(queue, &message, sizeof message.text, IPC_NOWAIT));
    tell("msgctl", msgctl(queue, IPC_STAT, &(struct msqid_ds){0}));
    int made = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    tell("shmget", made);
    shmctl(made, IPC_RMID, NULL);
    made = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    tell("semget", made);
    semctl(made, 0, IPC_RMID);
    made = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    tell("msgget", made);
    msgctl(made, IPC_RMID, NULL);
    return 0;
}

enum { FLAGS_32 = 0x40046602, VERSION_64 = 0x40087602, VERSION_32 = 0x40047602, EXT4_VERSION = 0x40086604,
       SETXATTRAT = 463, GETXATTRAT = 464, LISTXATTRAT = 465, REMOVEXATTRAT = 466, FILE_SETATTR = 469, FCHMODAT2 = 452 };

static int metadata(const char *file) {
    int descriptor = open(file, O_RDONLY), path = open(file, O_PATH);
    int user = getuid(), group = getgid();
    struct timespec times[2] = {{1, 0}, {2, 0}};
    struct timeval old_times[2] = {{3, 0}, {4, 0}};
    tell("fchmod", fchmod(descriptor, 0640));
    tell("fchmodat", fchmodat(AT_FDCWD, file, 0641, 0));
    tell("fchmodat2", syscall(FCHMODAT2, AT_FDCWD, file, 0642, 0));
    tell("fchmodat2_by_descriptor", syscall(FCHMODAT2, path, "", 0643, AT_EMPTY_PATH));
    tell("chmod", chmod(file, 0644));
    tell("fchown", fchown(descriptor, user, group));
    tell("fchownat", fchownat(AT_FDCWD, file, user, group, 0));
    tell("fchownat_by_descriptor", fchownat(path, "", user, group, AT_EMPTY_PATH));
    tell("lchown", lchown(file, user, group));
    tell("chown", chown(file, user, group));
    tell("utimensat", utimensat(AT_FDCWD, file, times, 0));
    tell("futimens", futimens(descriptor, times));
    tell("utimensat_by_descriptor", utimensat(path, "", times, AT_EMPTY_PATH));
#ifdef SYS_utimes
    tell("utimes", syscall(SYS_utimes, file, old_times));
    tell("utime", syscall(SYS_utime, file, NULL));
    tell("futimesat", syscall(SYS_futimesat, AT_FDCWD, file, old_times));
#endif
    tell("setxattr", setxattr(file, "user.night", "1", 1, 0));
    tell("lsetxattr", lsetxattr(file, "user.night", "1", 1, 0));
    tell("fsetxattr", fsetxattr(descriptor, "user.night", "1", 1, 0));
    tell("removexattr", removexattr(file, "user.night"));
    fsetxattr(descriptor, "user.night", "1", 1, 0);
    tell("lremovexattr", lremovexattr(file, "user.night"));
    fsetxattr(descriptor, "user.night", "1", 1, 0);
    tell("fremovexattr", fremovexattr(descriptor, "user.night"));
    struct {
        unsigned long value;
        unsigned size, flags;
    } attribute = {(unsigned long)"1", 1, 0};
    tell("setxattrat", syscall(SETXATTRAT, descriptor, "", AT_EMPTY_PATH, "user.night", &attribute, sizeof attribute));
    tell("removexattrat", syscall(REMOVEXATTRAT, descriptor, "", AT_EMPTY_PATH, "user.night"));
    long flags = 0;
    struct fsxattr extended = {0};
    ioctl(descriptor, FS_IOC_GETFLAGS, &flags);
    ioctl(descriptor, FS_IOC_FSGETXATTR, &extended);
    tell("setflags", ioctl(descriptor, FS_IOC_SETFLAGS, &flags));
    tell("setflags_32", ioctl(descriptor, FLAGS_32, &flags));
    tell("fssetxattr", ioctl(descriptor, FS_IOC_FSSETXATTR, &extended));
    tell("setversion", ioctl(descriptor, VERSION_64, &flags));
    tell("setversion_32", ioctl(descriptor, VERSION_32, &flags));
    tell("ext4_setversion", ioctl(descriptor, EXT4_VERSION, &flags));
    tell("file_setattr", syscall(FILE_SETATTR, descriptor, "", &(long[4]){0}, 24, AT_EMPTY_PATH));
    tell("set_user_id", chmod(file, 04644));
    return 0;
}

static int attributes(const char *file) {
    char value[64];
    int descriptor = open(file, O_RDONLY);
    struct {
        unsigned long value;
        unsigned size, flags;
    } attribute = {(unsigned long)value, sizeof value, 0};
    tell("getxattr", getxattr(file, "user.night", value, sizeof value));
    tell("lgetxattr", lgetxattr(file, "user.night", value, sizeof value));
    tell("fgetxattr", fgetxattr(descriptor, "user.night", value, sizeof value));
    tell("getxattrat", syscall(GETXATTRAT, AT_FDCWD, file, 0, "user.night", &attribute, sizeof attribute));
    tell("listxattr", listxattr(file, value, sizeof value));
    tell("llistxattr", llistxattr(file, value, sizeof value));
    tell("flistxattr", flistxattr(descriptor, value, sizeof value));
    tell("listxattrat", syscall(LISTXATTRAT, AT_FDCWD, file, 0, value, sizeof value));
    return 0;
}

static void name_it(int end, const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + 1, name, sizeof address.sun_path - 2);
    tell("bind", bind(end, (void *)&address, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name)));
}

static int pair(const char *name) {
    int ends[2], packets[2];
    char byte, space[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec one = {"p", 1};
    struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1};
    tell("stream", socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
    tell("write", write(ends[0], "w", 1));
    tell("read", read(ends[1], &byte, 1));
    tell("send", send(ends[0], "s", 1, MSG_NOSIGNAL));
    tell("recv", recv(ends[1], &byte, 1, 0));
    tell("sendmsg", sendmsg(ends[0], &message, 0));
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    struct cmsghdr *passed = CMSG_FIRSTHDR(&message);
    *passed = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
    memcpy(CMSG_DATA(passed), &ends[0], sizeof(int));
    tell("pass", sendmsg(ends[0], &message, 0));
    tell("out_of_band", send(ends[0], "o", 1, MSG_OOB));
    tell("option", setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int)));
    name_it(ends[0], name);
    tell("shutdown", shutdown(ends[0], SHUT_RDWR));
    tell("datagram", socketpair(AF_UNIX, SOCK_DGRAM, 0, packets));
    tell("packets", socketpair(AF_UNIX, SOCK_SEQPACKET, 0, packets));
    tell("socket", socket(AF_UNIX, SOCK_STREAM, 0));
    return 0;
}

static int asynchronous(int process) {
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    struct f_owner_ex owner = {F_OWNER_TID, process};
    tell("setown", fcntl(ends[0], F_SETOWN, process));
    tell("setown_group", fcntl(ends[0], F_SETOWN, -getpgrp()));
    tell("setown_ex", fcntl(ends[0], F_SETOWN_EX, &owner));
    tell("setsig", fcntl(ends[0], F_SETSIG, SIGURG));
    tell("fiosetown", ioctl(ends[0], 0x8901, &process));
    tell("siocspgrp", ioctl(ends[0], 0x8902, &process));
    tell("setlease", fcntl(open("leased", O_RDONLY | O_CREAT, 0600), F_SETLEASE, F_RDLCK));
    tell("notify", fcntl(open(".", O_RDONLY), F_NOTIFY, DN_CREATE));
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGURG};
    event._sigev_un._tid = process;
    tell("timer", timer_create(CLOCK_MONOTONIC, &event, &timer));
    return 0;
}

int main(int count, char **arguments) {
    const char *what = count > 2 ? arguments[1] : "";
    if (strcmp(what, "signals") == 0 && count > 3)
        return signals(atoi(arguments[2]), atoi(arguments[3]), count - 4, arguments + 4);
    if (strcmp(what, "ipc") == 0 && count == 5)
        return ipc(atoi(arguments[2]), atoi(arguments[3]), atoi(arguments[4]));
    if (strcmp(what, "metadata") == 0)
        return metadata(arguments[2]);
    if (strcmp(what, "attributes") == 0)
        return attributes(arguments[2]);
    if (strcmp(what, "pair") == 0)
        return pair(arguments[2]);
    return strcmp(what, "asynchronous") == 0 ? asynchronous(atoi(arguments[2])) : 2;
}
