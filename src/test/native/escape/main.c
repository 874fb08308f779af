/* escape try|linger|outlive|flood|bomb WORKSPACE; escape list; escape helper
 *
 * "try" makes every attempt and appends a line each to the file "results" in the workspace: the vector's name, then
 * "open", "stopped ERRNO" or "killed SIGNAL". "list" tells of each vector its group, its name, and what it is. The library that is built of the same files offers try_all(WORKSPACE), for
 * a process that wants to make them itself. */
#include "escape.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { SECONDS_FOR_EACH = 8, MILLISECONDS_FOR_AN_ANSWER = 1500 };

int ask(int descriptor) {
    char answer[512];
    struct pollfd one = {descriptor, POLLIN, 0};
    if (write(descriptor, "q", 1) != 1)
        return stopped();
    if (poll(&one, 1, MILLISECONDS_FOR_AN_ANSWER) != 1)
        return ETIMEDOUT;
    return read(descriptor, answer, sizeof answer) > 0 ? 0 : stopped();
}

int told(const char *file) {
    char number[16] = {0};
    int descriptor = open(file, O_RDONLY);
    if (descriptor >= 0 && read(descriptor, number, sizeof number - 1) > 0)
        close(descriptor);
    return atoi(number);
}

static void tell(const char *vector, int status) {
    char line[128];
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGALRM)
        snprintf(line, sizeof line, "%s killed SIG%s\n", vector, sigabbrev_np(WTERMSIG(status)));
    else if (WIFSIGNALED(status))
        snprintf(line, sizeof line, "%s stopped ETIMEDOUT\n", vector);
    else if (WEXITSTATUS(status) != 0)
        snprintf(line, sizeof line, "%s stopped %s\n", vector, strerrorname_np(WEXITSTATUS(status)));
    else
        snprintf(line, sizeof line, "%s open -\n", vector);
    int results = open("results", O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (results < 0 || write(results, line, strlen(line)) < 0)
        abort();
    close(results);
}

static void attempt(const struct vector *vector) {
    pid_t child = fork();
    if (child == 0) {
        signal(SIGPIPE, SIG_IGN);
        alarm(SECONDS_FOR_EACH);
        errno = 0;
        _exit(vector->attempt());
    }
    int status = 0;
    if (child < 0)
        abort();
    waitpid(child, &status, 0);
    tell(vector->name, status);
}

static const struct {
    const char *name;
    const struct vector *vectors;
} GROUPS[] = {{"network", NETWORK}, {"sockets", LOCAL_SOCKETS}, {"processes", PROCESSES}, {"others", OTHERS},
              {"kernel", KERNEL}, {"machine", MACHINE}, {"files", FILES}, {"metadata", METADATA}};
static const unsigned GROUP_COUNT = sizeof GROUPS / sizeof *GROUPS;

int try_all(const char *workspace) {
    if (chdir(workspace) != 0)
        return 1;
    for (unsigned group = 0; group < GROUP_COUNT; group++)
        for (const struct vector *vector = GROUPS[group].vectors; vector->name != NULL; vector++)
            attempt(vector);
    return 0;
}

static int list(void) {
    for (unsigned group = 0; group < GROUP_COUNT; group++)
        for (const struct vector *vector = GROUPS[group].vectors; vector->name != NULL; vector++)
            printf("%s\t%s\t%s\n", GROUPS[group].name, vector->name, vector->what);
    puts("files\tplanted\ta hook or a filter planted in a repository, at the next commit");
    puts("bounds\tlinger\ta process that outlives the one that started it");
    puts("bounds\toutlive\ta process that outlives the program, killed");
    puts("bounds\tflood\ta flood of output");
    puts("bounds\tbomb\tmore processes than are allowed");
    return 0;
}

int main(int count, char **arguments) {
    const char *what = count > 1 ? arguments[1] : "";
    if (strcmp(what, "helper") == 0)
        return geteuid() == 0 ? 0 : EPERM;
    if (strcmp(what, "list") == 0)
        return list();
    if (count != 3)
        return 2;
    if (strcmp(what, "try") == 0)
        return try_all(arguments[2]);
    if (chdir(arguments[2]) != 0)
        return 1;
    int end = strcmp(what, "linger") == 0    ? linger()
              : strcmp(what, "outlive") == 0 ? outlive()
              : strcmp(what, "flood") == 0 ? flood() : bomb();
    tell(what, end << 8);
    return 0;
}
