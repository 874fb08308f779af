/* What would reach another machine. Targets: servers on loopback, and in a network namespace that the test made. */
#include "escape.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static const char *FAR4 = "198.51.100.2", *FAR6 = "2001:db8:1::2";
enum { PORT = 7777, PROXY_PORT = 3128, DNS_PORT = 53, MPTCP = 262, VSOCK = 40, ALG = 38, BLUETOOTH = 31, XDP = 44 };

static socklen_t address(struct sockaddr_storage *to, const char *host, int port) {
    memset(to, 0, sizeof *to);
    if (strchr(host, ':') != NULL) {
        struct sockaddr_in6 *six = (void *)to;
        *six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(port)};
        inet_pton(AF_INET6, host, &six->sin6_addr);
        return sizeof *six;
    }
    struct sockaddr_in *four = (void *)to;
    *four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, host, &four->sin_addr);
    return sizeof *four;
}

static int reach(const char *host, int port, int type, int protocol) {
    struct sockaddr_storage to;
    socklen_t length = address(&to, host, port);
    int descriptor = socket(to.ss_family, type, protocol);
    if (descriptor < 0)
        return stopped();
    struct timeval patience = {1, 500 * 1000};
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(descriptor, (void *)&to, length) != 0)
        return stopped();
    return ask(descriptor);
}

static int tcp4(void) { return reach(FAR4, PORT, SOCK_STREAM, 0); }
static int tcp6(void) { return reach(FAR6, PORT, SOCK_STREAM, 0); }
static int udp4(void) { return reach(FAR4, PORT, SOCK_DGRAM, 0); }
static int udp6(void) { return reach(FAR6, PORT, SOCK_DGRAM, 0); }
static int tcp4_loopback(void) { return reach("127.0.0.1", PORT, SOCK_STREAM, 0); }
static int tcp6_loopback(void) { return reach("::1", PORT, SOCK_STREAM, 0); }
static int udp4_loopback(void) { return reach("127.0.0.1", PORT, SOCK_DGRAM, 0); }
static int udp6_loopback(void) { return reach("::1", PORT, SOCK_DGRAM, 0); }
static int proxy(void) { return reach("127.0.0.1", PROXY_PORT, SOCK_STREAM, 0); }
static int mptcp(void) { return reach(FAR4, PORT, SOCK_STREAM, MPTCP); }

/* The library's resolver, with the server that /etc/resolv.conf names. */
static int dns(void) {
    struct addrinfo hints = {.ai_family = AF_INET}, *found;
    errno = 0;
    return getaddrinfo("escape.example", "80", &hints, &found) == 0 ? 0 : errno != 0 ? errno : EHOSTUNREACH;
}

static int tcp_fast_open(void) {
    struct sockaddr_storage to;
    socklen_t length = address(&to, FAR4, PORT);
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (descriptor < 0)
        return stopped();
    struct timeval patience = {1, 500 * 1000};
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (sendto(descriptor, "q", 1, MSG_FASTOPEN, (void *)&to, length) != 1)
        return stopped();
    return ask(descriptor);
}

static int listens(void) {
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    return descriptor < 0 || listen(descriptor, 1) != 0 ? stopped() : 0;
}

static int echo(int type) {
    struct sockaddr_storage to;
    socklen_t length = address(&to, "127.0.0.1", 0);
    int descriptor = socket(AF_INET, type, IPPROTO_ICMP);
    if (descriptor < 0)
        return stopped();
    struct icmphdr request = {.type = ICMP_ECHO, .checksum = htons(0xf7ff)};
    if (sendto(descriptor, &request, sizeof request, 0, (void *)&to, length) < 0)
        return stopped();
    struct pollfd one = {descriptor, POLLIN, 0};
    return poll(&one, 1, 1500) == 1 ? 0 : ETIMEDOUT;
}

static int icmp(void) { return echo(SOCK_DGRAM); }
static int raw(void) { return echo(SOCK_RAW); }

static int packet(void) {
    int descriptor = socket(AF_PACKET, SOCK_RAW, htons(0x88b5)); /* a protocol number for experiments */
    if (descriptor < 0)
        return stopped();
    struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex("lo"), .sll_halen = 6};
    char frame[64] = {0};
    frame[12] = 0x88;
    frame[13] = 0xb5;
    return sendto(descriptor, frame, sizeof frame, 0, (void *)&to, sizeof to) < 0 ? stopped() : 0;
}

static int made(int family, int type) {
    return socket(family, type, 0) < 0 ? stopped() : 0;
}

static int vsock(void) { return made(VSOCK, SOCK_STREAM); }
static int alg(void) { return made(ALG, SOCK_SEQPACKET); }
static int bluetooth(void) { return made(BLUETOOTH, SOCK_RAW); }
static int xdp(void) { return made(XDP, SOCK_RAW); }

static int netlink(void) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    if (descriptor < 0)
        return stopped();
    struct {
        struct nlmsghdr header;
        struct rtgenmsg message;
    } request = {{sizeof request, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 1, 0}, {AF_UNSPEC}};
    char links[16384];
    if (send(descriptor, &request, sizeof request, 0) < 0)
        return stopped();
    return recv(descriptor, links, sizeof links, 0) > 0 ? 0 : stopped();
}

/* One operation of an io_uring, and its result. */
static int submit(int ring, struct io_uring_params *with, char *rings, struct io_uring_sqe *entries,
                  struct io_uring_sqe operation) {
    unsigned *tail = (void *)(rings + with->sq_off.tail), *mask = (void *)(rings + with->sq_off.ring_mask);
    unsigned *array = (void *)(rings + with->sq_off.array), at = *tail & *mask;
    entries[at] = operation;
    array[at] = at;
    __atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
    if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
        return -stopped();
    unsigned *head = (void *)(rings + with->cq_off.head), *of = (void *)(rings + with->cq_off.ring_mask);
    struct io_uring_cqe *done = (void *)(rings + with->cq_off.cqes);
    int result = done[*head & *of].res;
    __atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
    return result;
}

static int over_io_uring(const char *host) {
    enum { MAKE_SOCKET = 45 };
    struct io_uring_params with = {0};
    int ring = syscall(SYS_io_uring_setup, 8, &with);
    if (ring < 0)
        return stopped();
    size_t size = with.cq_off.cqes + with.cq_entries * sizeof(struct io_uring_cqe) + 4096;
    char *rings = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
    struct io_uring_sqe *entries = mmap(NULL, with.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED,
                                        ring, IORING_OFF_SQES);
    if (rings == MAP_FAILED || (void *)entries == MAP_FAILED)
        return stopped();
    struct sockaddr_storage to;
    socklen_t length = address(&to, host, PORT);
    int descriptor = submit(ring, &with, rings, entries,
                            (struct io_uring_sqe){.opcode = MAKE_SOCKET, .fd = to.ss_family, .off = SOCK_STREAM});
    if (descriptor < 0)
        return -descriptor;
    int connected = submit(ring, &with, rings, entries,
                           (struct io_uring_sqe){.opcode = IORING_OP_CONNECT, .fd = descriptor,
                                                 .addr = (unsigned long)&to, .off = length});
    return connected < 0 ? -connected : ask(descriptor);
}

static int io_uring4(void) { return over_io_uring(FAR4); }
static int io_uring6(void) { return over_io_uring(FAR6); }

/* A connection that whoever started this left open. */
static int inherited(void) {
    return ask(9);
}

const struct vector NETWORK[] = {
    {"tcp4", "TCP over IPv4 to another host", tcp4},
    {"tcp6", "TCP over IPv6 to another host", tcp6},
    {"udp4", "UDP over IPv4 to another host", udp4},
    {"udp6", "UDP over IPv6 to another host", udp6},
    {"tcp4_loopback", "TCP over IPv4 on loopback", tcp4_loopback},
    {"tcp6_loopback", "TCP over IPv6 on loopback", tcp6_loopback},
    {"udp4_loopback", "UDP over IPv4 on loopback", udp4_loopback},
    {"udp6_loopback", "UDP over IPv6 on loopback", udp6_loopback},
    {"tcp_listen", "a TCP listener", listens},
    {"proxy", "a proxy on loopback", proxy},
    {"dns", "DNS, by the resolver of the C library", dns},
    {"mptcp", "MPTCP", mptcp},
    {"tcp_fast_open", "TCP Fast Open", tcp_fast_open},
    {"icmp", "ICMP echo, by a datagram socket", icmp},
    {"raw", "ICMP echo, by a raw socket", raw},
    {"packet", "`AF_PACKET`", packet},
    {"netlink", "`AF_NETLINK`", netlink},
    {"vsock", "`AF_VSOCK`", vsock},
    {"xdp", "`AF_XDP`", xdp},
    {"alg", "`AF_ALG`", alg},
    {"bluetooth", "`AF_BLUETOOTH`", bluetooth},
    {"io_uring4", "TCP over IPv4 by io_uring", io_uring4},
    {"io_uring6", "TCP over IPv6 by io_uring", io_uring6},
    {"inherited", "an inherited connection", inherited},
    {0}};
