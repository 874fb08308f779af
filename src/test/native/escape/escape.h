/* The escape suite's probe: many small attempts to get out, each in a process of its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <unistd.h>

/* An attempt gives 0 where it got out, else the errno that stopped it. */
struct vector {
    const char *name;
    const char *what; /* for people */
    int (*attempt)(void);
};

/* Each list ends with an entry that has no name. */
extern const struct vector NETWORK[], LOCAL_SOCKETS[], PROCESSES[], OTHERS[], KERNEL[], MACHINE[], FILES[], METADATA[];

/* The errno of the call that has just failed, never 0. */
static inline int stopped(void) {
    return errno != 0 ? errno : EIO;
}

/* Asks whoever is at the other end, and gives 0 where an answer came. */
int ask(int descriptor);

/* A number from a file in the workspace, where the test told it; 0 where it is not there. */
int told(const char *file);

/* Programs of the tests whose end somebody else must bring; each is bounded in number and in time. */
int linger(void);
int outlive(void);
int flood(void);
int bomb(void);
