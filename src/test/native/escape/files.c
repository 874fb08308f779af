/* What would leave something behind for somebody with more rights to run or to believe. Targets: a home that the test
 * made, beside the workspace, with all that such a home holds. */
#include "escape.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static int append(const char *path) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0755);
    return descriptor < 0 || write(descriptor, "#\n", 2) != 2 ? stopped() : 0;
}

static int git_hook(void) { return append("../home/repository/.git/hooks/post-checkout"); }
static int git_config(void) { return append("../home/repository/.git/config"); }
static int git_config_of_user(void) { return append("../home/.gitconfig"); }
static int ssh_keys(void) { return append("../home/.ssh/authorized_keys"); }
static int shell_start(void) { return append("../home/.bashrc"); }
static int agent_settings(void) { return append("../home/.config/agent/settings.json"); }
static int agent_instructions(void) { return append("../home/repository/AGENTS.md"); }
static int user_unit(void) { return append("../home/.config/systemd/user/escape.service"); }
static int cron_table(void) { return append("/var/spool/cron/crontabs/pantheon-night"); }
static int shared_temporary(void) { return append("/tmp/escape"); }
static int shared_memory(void) { return append("/dev/shm/escape"); }
static int secret(void) { return open("../home/secret", O_RDONLY) < 0 ? stopped() : 0; }

static int through_link(void) {
    unlink("pointer");
    return symlink("../home/secret", "pointer") != 0 ? stopped() : append("pointer");
}

static int hard_link(void) {
    unlink("hard");
    return link("../home/secret", "hard") == 0 ? 0 : stopped();
}

static int renamed_out(void) {
    return append("moving") == 0 && rename("moving", "../home/moved") == 0 ? 0 : stopped();
}

static int renamed_in(void) {
    unlink("moved");
    return rename("../home/movable", "moved") == 0 && rename("moved", "../home/movable") == 0 ? 0 : stopped();
}

static int removed(void) {
    return unlink("../home/removable") == 0 && append("../home/removable") == 0 ? 0 : stopped();
}

static int opened_to_all(void) { return chmod("../home/secret", 0666) == 0 ? 0 : stopped(); }

const struct vector FILES[] = {
    {"git_hook", "a hook in a repository's `.git`", git_hook},
    {"git_config", "the `config` in a repository's `.git`", git_config},
    {"git_config_of_user", "`.gitconfig`", git_config_of_user},
    {"ssh_keys", "`.ssh/authorized_keys`", ssh_keys},
    {"shell_start", "`.bashrc`", shell_start},
    {"agent_settings", "an agent's settings", agent_settings},
    {"agent_instructions", "an agent's instructions in a repository", agent_instructions},
    {"cron_table", "the user's cron table", cron_table},
    {"user_unit", "a unit of the user", user_unit},
    {"tmp", "a file in `/tmp`", shared_temporary},
    {"dev_shm", "a file in `/dev/shm`", shared_memory},
    {"read_secret", "a secret, read", secret},
    {"symbolic_link", "a symbolic link out of the workspace", through_link},
    {"hard_link", "a hard link out of the workspace", hard_link},
    {"rename_out", "a rename out of the workspace", renamed_out},
    {"rename_in", "a rename into the workspace", renamed_in},
    {"unlink", "a file outside of it, removed", removed},
    {"chmod", "a file of the user's, its mode changed", opened_to_all},
    {0}};
