/* What would have another process of this machine call out. Targets: servers that the test made, where the real ones
 * listen, and the machine's own service manager and message bus. */
#include "escape.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

/* A name that begins with @ is abstract. */
static socklen_t address(struct sockaddr_un *to, const char *name) {
    memset(to, 0, sizeof *to);
    to->sun_family = AF_UNIX;
    strncpy(to->sun_path, name, sizeof to->sun_path - 1);
    if (name[0] != '@')
        return sizeof *to;
    to->sun_path[0] = 0;
    return offsetof(struct sockaddr_un, sun_path) + strlen(name);
}

static int connected(const char *name, int type) {
    struct sockaddr_un to;
    socklen_t length = address(&to, name);
    int descriptor = socket(AF_UNIX, type, 0);
    return descriptor < 0 || connect(descriptor, (void *)&to, length) != 0 ? -stopped() : descriptor;
}

static int reach(const char *name) {
    int descriptor = connected(name, SOCK_STREAM);
    return descriptor < 0 ? -descriptor : ask(descriptor);
}

static int by_path(void) { return reach("/run/escape/server.sock"); }
static int beside_the_workspace(void) { return reach("../server.sock"); }
static int by_abstract_name(void) { return reach("@escape"); }
static int docker(void) { return reach("/run/docker.sock"); }
static int containerd(void) { return reach("/run/containerd/containerd.sock"); }

static int datagram(void) {
    int descriptor = connected("/run/escape/datagram.sock", SOCK_DGRAM);
    return descriptor < 0 ? -descriptor : send(descriptor, "q", 1, 0) == 1 ? 0 : stopped();
}

/* No call of socket(2), which a filter may deny by itself. */
static int reconnect(void) {
    int pair[2];
    struct sockaddr_un to;
    socklen_t length = address(&to, "/run/escape/datagram.sock");
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0 || connect(pair[0], (void *)&to, length) != 0)
        return stopped();
    return send(pair[0], "q", 1, 0) == 1 ? 0 : stopped();
}

/* Others could then connect to it. */
static int named(void) {
    int pair[2];
    struct sockaddr_un to;
    socklen_t length = address(&to, "@escape-pair");
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || bind(pair[0], (void *)&to, length) != 0)
        return stopped();
    return 0;
}

/* The server makes the connection and passes it. */
static int passed(void) {
    int descriptor = connected("/run/escape/passing.sock", SOCK_STREAM);
    if (descriptor < 0)
        return -descriptor;
    char byte, control[64];
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (recvmsg(descriptor, &message, 0) < 0)
        return stopped();
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    return rights == NULL ? ENOMSG : ask(*(int *)CMSG_DATA(rights));
}

static int says(const char *name, const char *greeting, size_t length, const char *expected) {
    char answer[4096] = {0};
    int descriptor = connected(name, SOCK_STREAM);
    if (descriptor < 0)
        return -descriptor;
    struct pollfd one = {descriptor, POLLIN, 0};
    if (write(descriptor, greeting, length) != (ssize_t)length)
        return stopped();
    if (poll(&one, 1, 3000) != 1)
        return ETIMEDOUT;
    if (read(descriptor, answer, sizeof answer - 1) <= 0)
        return stopped();
    return strstr(answer, expected) != NULL ? 0 : EPROTO;
}

static int message_bus(void) {
    char greeting[64], uid[16];
    int length = snprintf(greeting + 1, sizeof greeting - 1, "AUTH EXTERNAL ");
    greeting[0] = 0;
    snprintf(uid, sizeof uid, "%d", getuid());
    for (char *digit = uid; *digit != 0; digit++)
        length += snprintf(greeting + 1 + length, sizeof greeting - 1 - length, "%02x", *digit);
    length += snprintf(greeting + 1 + length, sizeof greeting - 1 - length, "\r\n");
    return says("/run/dbus/system_bus_socket", greeting, length + 1, "OK");
}

static int varlink(void) {
    static const char CALL[] = "{\"method\":\"io.systemd.UserDatabase.GetUserRecord\","
                               "\"parameters\":{\"service\":\"io.systemd.DynamicUser\",\"userName\":\"nobody\"}}";
    return says("/run/systemd/userdb/io.systemd.DynamicUser", CALL, sizeof CALL, "io.systemd.");
}

/* The user's own service manager starts what it is told, outside of every confinement of whoever tells it. */
static int service_manager(void) {
    char folder[64];
    snprintf(folder, sizeof folder, "/run/user/%d", getuid());
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        setenv("XDG_RUNTIME_DIR", folder, 1);
        execl("/usr/bin/systemd-run", "systemd-run", "--user", "--quiet", "--collect", "--wait", "/bin/true", NULL);
        _exit(stopped());
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? (WEXITSTATUS(status) == 0 ? 0 : ECONNREFUSED) : ECHILD;
}

const struct vector LOCAL_SOCKETS[] = {
    {"unix_path", "a Unix socket below `/run`", by_path},
    {"unix_path_beside", "a Unix socket beside the workspace", beside_the_workspace},
    {"unix_abstract", "an abstract Unix socket", by_abstract_name},
    {"unix_datagram", "a Unix datagram socket", datagram},
    {"unix_socketpair", "one end of a socket pair, connected anew", reconnect},
    {"unix_socketpair_named", "one end of a socket pair, given a name", named},
    {"scm_rights", "a connection passed by `SCM_RIGHTS`", passed},
    {"dbus", "D-Bus, the system's bus", message_bus},
    {"varlink", "varlink, of process 1", varlink},
    {"systemd_run", "`systemd-run --user`", service_manager},
    {"docker", "`docker.sock`", docker},
    {"containerd", "`containerd.sock`", containerd},
    {0}};
