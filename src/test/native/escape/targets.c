/* targets near|far: servers that answer whatever they are asked, until they are ended. "far" is started in a network
 * namespace of its own and has the addresses there; "near" has loopback, Unix sockets, and a name server that knows every
 * name. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum kind { ANSWER, PASS, NAME };

static struct pollfd servers[32];
static enum kind kinds[32];
static int types[32];
static int count;

static void serve(int descriptor, void *address, socklen_t length, int type, enum kind kind) {
    if (descriptor < 0 || bind(descriptor, address, length) != 0 || (type == SOCK_STREAM && listen(descriptor, 64) != 0)) {
        perror("targets: a server cannot be made");
        exit(1);
    }
    servers[count] = (struct pollfd){descriptor, POLLIN, 0};
    types[count] = type;
    kinds[count++] = kind;
}

static void internet(int port, int type, enum kind kind) {
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(port)}; /* for IPv4 as well */
    int descriptor = socket(AF_INET6, type, 0), queue = 16, on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (type == SOCK_STREAM)
        setsockopt(descriptor, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof queue);
    serve(descriptor, &any, sizeof any, type, kind);
}

static void local(const char *name, int type, enum kind kind) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    strncpy(at.sun_path, name, sizeof at.sun_path - 1);
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + strlen(name);
    if (name[0] == '@')
        at.sun_path[0] = 0;
    else
        unlink(name);
    serve(socket(AF_UNIX, type, 0), &at, length, type, kind);
    if (name[0] != '@')
        chmod(name, 0666);
}

static void pass_connection(int to) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(7777), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    connect(connection, (void *)&here, sizeof here);
    char control[CMSG_SPACE(sizeof connection)] = {0};
    struct iovec data = {"c", 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof connection);
    memcpy(CMSG_DATA(rights), &connection, sizeof connection);
    sendmsg(to, &message, 0);
}

static void accept_one(int server, enum kind kind) {
    int connection = accept(server, NULL, NULL);
    if (fork() != 0) {
        close(connection);
        return;
    }
    char bytes[4096];
    if (kind == PASS)
        pass_connection(connection);
    while (read(connection, bytes, sizeof bytes) > 0 && write(connection, "K", 1) == 1)
        ;
    _exit(0);
}

/* The question, and the address 192.0.2.1 for an answer. */
static size_t answer_name(unsigned char *message, size_t length) {
    static const unsigned char RECORD[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};
    size_t end = 12;
    while (end < length && message[end] != 0)
        end += message[end] + 1;
    end += 5;
    message[2] = 0x81;
    message[3] = 0x80;
    memcpy(message + 6, (unsigned char[]){0, 1, 0, 0, 0, 0}, 6);
    memcpy(message + end, RECORD, sizeof RECORD);
    return end + sizeof RECORD;
}

static void answer_datagram(int server, enum kind kind) {
    unsigned char message[2048];
    struct sockaddr_storage from;
    socklen_t length = sizeof from;
    ssize_t size = recvfrom(server, message, 1024, 0, (void *)&from, &length);
    if (size > 0 && from.ss_family != AF_UNIX)
        sendto(server, message, kind == NAME ? answer_name(message, size) : (size_t)size, 0, (void *)&from, length);
}

int main(int arguments, char **argument) {
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    internet(7777, SOCK_STREAM, ANSWER);
    internet(7777, SOCK_DGRAM, ANSWER);
    if (arguments > 1 && strcmp(argument[1], "near") == 0) {
        internet(3128, SOCK_STREAM, ANSWER);
        internet(53, SOCK_DGRAM, NAME);
        for (int i = 2; i < arguments; i++)
            local(argument[i], SOCK_STREAM, ANSWER);
        local("@escape", SOCK_STREAM, ANSWER);
        local("/run/escape/datagram.sock", SOCK_DGRAM, ANSWER);
        local("/run/escape/passing.sock", SOCK_STREAM, PASS);
    }
    while (poll(servers, count, -1) > 0)
        for (int i = 0; i < count; i++)
            if (servers[i].revents != 0) {
                if (types[i] == SOCK_STREAM)
                    accept_one(servers[i].fd, kinds[i]);
                else
                    answer_datagram(servers[i].fd, kinds[i]);
            }
    return 1;
}
