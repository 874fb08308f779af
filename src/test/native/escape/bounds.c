/* What goes on where nobody ends it. */
#include "escape.h"
#include <fcntl.h>
#include <signal.h>
#include <string.h>

enum { LINE_BYTES = 4000, FLOOD_LINES = 400, LATE_LINES = 60, CHILDREN = 120 };

/* A file grows for 30 seconds. */
static void tick(const char *file) {
    for (int signal_number = 1; signal_number < 32; signal_number++)
        signal(signal_number, SIG_IGN);
    for (int i = 0; i < 300; i++) {
        int ticks = open(file, O_WRONLY | O_CREAT | O_APPEND, 0644);
        if (write(ticks, ".", 1) != 1)
            _exit(1);
        close(ticks);
        usleep(100 * 1000);
    }
    _exit(0);
}

/* Twice forked, in a session of its own. */
int linger(void) {
    if (fork() == 0) {
        setsid();
        if (fork() != 0)
            _exit(0);
        tick("ticks");
    }
    usleep(300 * 1000);
    return 0;
}

/* Started by a process that is killed; where that is the program, this one waits for it. */
int outlive(void) {
    pid_t program = fork();
    if (program == 0) {
        if (fork() == 0) {
            setsid();
            tick("ticks-killed");
        }
        sleep(30);
        _exit(0);
    }
    usleep(300 * 1000);
    if (access("killed-with-its-tool", F_OK) == 0)
        sleep(30);
    kill(program, SIGKILL);
    return 0;
}

/* 1.6 MB on standard output, then a little more for two seconds, in which a watcher can end it. */
int flood(void) {
    char line[LINE_BYTES];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < FLOOD_LINES + LATE_LINES; i++) {
        if (write(STDOUT_FILENO, line, sizeof line) < 0)
            return stopped();
        if (i >= FLOOD_LINES)
            usleep(33 * 1000);
    }
    return 0;
}

/* 120 processes at a time, for 3 seconds. */
int bomb(void) {
    int made = 0;
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            setsid();
            sleep(3);
            _exit(0);
        }
        made += child > 0;
    }
    sleep(1);
    return made == CHILDREN ? 0 : EAGAIN;
}
