/* What would reach the program, another process of the user, or what they share. Targets: the victim, a process of the
 * same user; the program that started all this, where one did; a segment, semaphores and a queue of the user's. */
#include "escape.h"
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

enum { THREADS = 200 };

static int result(long outcome) { return outcome < 0 ? stopped() : 0; }
static int victim(void) { return told("victim"); }

static int by_tkill(void) { return result(syscall(SYS_tkill, victim(), SIGURG)); }
static int by_tgkill(void) { return result(syscall(SYS_tgkill, victim(), victim(), SIGURG)); }
static int by_group(void) { return result(kill(-victim(), SIGURG)); }

static int by_queue(void) {
    siginfo_t info = {.si_code = SI_QUEUE};
    return result(syscall(SYS_rt_sigqueueinfo, victim(), SIGURG, &info));
}

static int by_thread_queue(void) {
    siginfo_t info = {.si_code = SI_QUEUE};
    return result(syscall(SYS_rt_tgsigqueueinfo, victim(), victim(), SIGURG, &info));
}

static int by_pidfd(void) {
    int process = syscall(SYS_pidfd_open, victim(), 0);
    return process < 0 ? stopped() : result(syscall(SYS_pidfd_send_signal, process, SIGURG, NULL, 0));
}

/* Whichever of its threads: a signal to one is one to all of the program. */
static int to_the_program(void) {
    int program = told("program");
    for (int thread = program; thread < program + THREADS; thread++)
        if (syscall(SYS_tgkill, program, thread, 0) == 0)
            return 0;
    return stopped();
}

/* Its end is told to the program by a signal. */
static int child_of_the_program(void) {
    pid_t child = syscall(SYS_clone, CLONE_PARENT | SIGURG, 0, 0, 0, 0);
    if (child == 0)
        _exit(0);
    return result(child);
}

static int by_descriptor(void) {
    int ends[2];
    return pipe(ends) != 0 ? stopped() : result(fcntl(ends[0], F_SETOWN, victim()));
}

static int lease(void) { return result(fcntl(open("leased", O_RDONLY | O_CREAT, 0600), F_SETLEASE, F_RDLCK)); }
static int directory_notice(void) { return result(fcntl(open(".", O_RDONLY), F_NOTIFY, DN_CREATE)); }
static int watch(void) { return result(inotify_add_watch(inotify_init1(0), "../home", IN_ALL_EVENTS)); }

static int watch_by_fanotify(void) {
    int group = fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY);
    return group < 0 ? stopped() : result(fanotify_mark(group, FAN_MARK_ADD, FAN_OPEN | FAN_EVENT_ON_CHILD, AT_FDCWD, "../home"));
}

static int segment_read(void) {
    const char *memory = shmat(told("segment"), NULL, SHM_RDONLY);
    return memory == (char *)-1 ? stopped() : 0;
}

static int segment_written(void) {
    char *memory = shmat(told("segment"), NULL, 0);
    if (memory == (char *)-1)
        return stopped();
    strcpy(memory, "shared");
    return 0;
}

static int segment_locked(void) { return result(shmctl(told("segment"), SHM_UNLOCK, NULL)); }

static int segments_listed(void) {
    struct shmid_ds about;
    for (int index = 0; index < 4096; index++)
        if (shmctl(index, SHM_STAT, &about) == told("segment"))
            return 0;
    return stopped();
}

static int segment_made(void) {
    int made = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    return made < 0 ? stopped() : result(shmctl(made, IPC_RMID, NULL));
}

static struct sembuf ADD = {0, 1, IPC_NOWAIT};
static int semaphore_raised(void) { return result(semop(told("semaphores"), &ADD, 1)); }
static int semaphore_raised_in_time(void) { return result(semtimedop(told("semaphores"), &ADD, 1, &(struct timespec){0})); }
static int semaphore_set(void) { return result(semctl(told("semaphores"), 0, SETVAL, 1)); }

static int semaphore_made(void) {
    int made = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    return made < 0 ? stopped() : result(semctl(made, 0, IPC_RMID));
}

static struct {
    long type;
    char text[8];
} message = {1, "message"};

static int message_sent(void) { return result(msgsnd(told("queue"), &message, sizeof message.text, IPC_NOWAIT)); }

static int message_taken(void) {
    msgsnd(told("queue"), &message, sizeof message.text, IPC_NOWAIT);
    return result(msgrcv(told("queue"), &message, sizeof message.text, 0, IPC_NOWAIT));
}

static int queue_looked_at(void) { return result(msgctl(told("queue"), IPC_STAT, &(struct msqid_ds){0})); }

static int queue_made(void) {
    int made = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    return made < 0 ? stopped() : result(msgctl(made, IPC_RMID, NULL));
}

static int posix_queue(void) {
    mqd_t made = mq_open("/escape", O_CREAT | O_RDWR, 0600, NULL);
    return made < 0 ? stopped() : result(mq_unlink("/escape"));
}

/* The last one, since nobody needs leave to have a process yield more. */
static int priority(void) { return result(setpriority(PRIO_PROCESS, victim(), 19)); }

static int affinity(void) {
    cpu_set_t all;
    sched_getaffinity(0, sizeof all, &all);
    return result(sched_setaffinity(victim(), sizeof all, &all));
}

static int scheduler(void) { return result(sched_setscheduler(victim(), SCHED_BATCH, &(struct sched_param){0})); }

static int io_priority(void) {
    enum { OF_PROCESS = 1, BEST_EFFORT = 2 << 13 };
    return result(syscall(SYS_ioprio_set, OF_PROCESS, victim(), BEST_EFFORT | 7));
}

static int comparison(void) {
    enum { OF_MEMORY = 1 };
    return result(syscall(SYS_kcmp, getpid(), victim(), OF_MEMORY, 0, 0));
}

static int robust_list(void) {
    void *head;
    size_t length;
    return result(syscall(SYS_get_robust_list, victim(), &head, &length));
}

static int pages_moved(void) {
    unsigned long node = 1;
    return result(syscall(SYS_migrate_pages, victim(), 8 * sizeof node, &node, &node));
}

static int look(const char *format, const char *expected) {
    char path[64], bytes[4096] = {0};
    snprintf(path, sizeof path, format, victim());
    int descriptor = open(path, O_RDONLY);
    if (descriptor < 0 || read(descriptor, bytes, sizeof bytes - 1) < 0)
        return stopped();
    return strstr(bytes, expected) != NULL ? 0 : ENODATA;
}

static int state(void) { return look("/proc/%d/status", "State:"); }
static int mappings(void) { return look("/proc/%d/maps", "r-xp"); }

static int link_read(const char *name) {
    char path[64], target[256];
    snprintf(path, sizeof path, "/proc/%d/%s", victim(), name);
    return result(readlink(path, target, sizeof target));
}

static int executable(void) { return link_read("exe"); }
static int descriptors(void) { return link_read("fd/0"); }

const struct vector OTHERS[] = {
    {"signal_tkill", "a signal, by tkill", by_tkill},
    {"signal_tgkill", "a signal, by tgkill", by_tgkill},
    {"signal_queue", "a signal, by rt_sigqueueinfo", by_queue},
    {"signal_thread_queue", "a signal, by rt_tgsigqueueinfo", by_thread_queue},
    {"signal_pidfd", "a signal, by pidfd_send_signal", by_pidfd},
    {"signal_group", "a signal to another process group", by_group},
    {"signal_program", "a signal to a thread of the program", to_the_program},
    {"child_of_program", "a child of the one that started it", child_of_the_program},
    {"signal_descriptor", "a signal by a descriptor, by `F_SETOWN`", by_descriptor},
    {"lease", "a lease on a file", lease},
    {"dnotify", "a watch on a folder, by dnotify", directory_notice},
    {"inotify", "a watch on a folder, by inotify", watch},
    {"fanotify", "a watch on a folder, by fanotify", watch_by_fanotify},
    {"shm_read", "another's shared memory, read", segment_read},
    {"shm_write", "another's shared memory, written", segment_written},
    {"shm_lock", "another's shared memory, unlocked", segment_locked},
    {"shm_list", "another's shared memory, listed", segments_listed},
    {"shm_make", "shared memory that stays", segment_made},
    {"sem_raise", "another's semaphore, by semop", semaphore_raised},
    {"sem_raise_timed", "another's semaphore, by semtimedop", semaphore_raised_in_time},
    {"sem_set", "another's semaphore, by semctl", semaphore_set},
    {"sem_make", "semaphores that stay", semaphore_made},
    {"msg_send", "another's message queue, sent to", message_sent},
    {"msg_take", "another's message queue, taken from", message_taken},
    {"msg_look", "another's message queue, looked at", queue_looked_at},
    {"msg_make", "a message queue that stays", queue_made},
    {"mq_make", "a POSIX message queue that stays", posix_queue},
    {"priority", "the priority of another process", priority},
    {"affinity", "the processors of another process", affinity},
    {"scheduler", "the scheduling of another process", scheduler},
    {"io_priority", "the I/O priority of another process", io_priority},
    {"migrate_pages", "the memory of another process, moved", pages_moved},
    {"kcmp", "another process, compared by kcmp", comparison},
    {"robust_list", "another process's list of locks", robust_list},
    {"proc_status", "another process's `status`", state},
    {"proc_maps", "another process's `maps`", mappings},
    {"proc_exe", "another process's `exe`, as a link", executable},
    {"proc_fd", "another process's `fd`, as a link", descriptors},
    {0}};
