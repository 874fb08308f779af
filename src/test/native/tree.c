/* Leaves processes behind, in ways that its argument names; each is bounded in number and in time.
 *   daemon   forks twice, takes a session of its own, and appends to the file "ticks" for a minute
 *   many N   keeps N processes for a minute
 *   bomb N   forks as fast as it can, each child as well and in a session of its own, up to a depth of N
 *   threads N   keeps N threads for a minute
 *   ignore   ignores what can be ignored, and stays for a minute */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *wait_a_minute(void *nothing) {
    sleep(60);
    return nothing;
}

static void detach(void) {
    if (fork() != 0)
        return;
    setsid();
    if (fork() != 0)
        _exit(0);
    for (int i = 0; i < 600; i++) {
        int ticks = open("ticks", O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (write(ticks, ".", 1) != 1)
            _exit(1);
        close(ticks);
        usleep(100 * 1000);
    }
    _exit(0);
}

static void bomb(int depth) {
    alarm(20);
    while (depth-- > 0)
        if (fork() == 0)
            setsid();
    sleep(20);
}

int main(int count, char **arguments) {
    const char *way = count > 1 ? arguments[1] : "";
    int n = count > 2 ? atoi(arguments[2]) : 0;
    if (strcmp(way, "daemon") == 0) {
        detach();
        usleep(300 * 1000);
    } else if (strcmp(way, "many") == 0) {
        for (int i = 0; i < n; i++)
            if (fork() == 0) {
                sleep(60);
                _exit(0);
            }
        sleep(60);
    } else if (strcmp(way, "bomb") == 0) {
        bomb(n);
    } else if (strcmp(way, "threads") == 0) {
        pthread_t thread;
        for (int i = 0; i < n; i++)
            pthread_create(&thread, NULL, wait_a_minute, NULL);
        sleep(60);
    } else if (strcmp(way, "ignore") == 0) {
        for (int i = 1; i < 32; i++)
            signal(i, SIG_IGN);
        sleep(60);
    }
    return 0;
}
